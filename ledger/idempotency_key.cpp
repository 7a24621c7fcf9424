#include "ledger/idempotency_key.h"

namespace ledger {

std::string idempotency_key(std::string_view source, std::string_view id) {
  return std::string(source).append(1, '#').append(id);
}

std::string idempotency_key(const schema::Event& event) {
  return idempotency_key(event.source()->string_view(), event.id()->string_view());
}

std::size_t idempotency_key_size(const schema::Event& event) {
  return event.source()->size() + 1 + event.id()->size();
}

void append_idempotency_key(const schema::Event& event, std::string& out) {
  out += event.source()->string_view();
  out += '#';
  out += event.id()->string_view();
}

}  // namespace ledger
