#include "ledger/mention.h"

#include "ledger/base/distinct.h"
#include "ledger/catalogue.h"
#include "ledger/stored_field.h"

namespace ledger {
namespace {

bool names_something(Kind kind) {
  switch (kind) {
    case Kind::id:
    case Kind::vin:
    case Kind::uscc:
    case Kind::key_id:
      return true;
    case Kind::none:
    case Kind::text:
    case Kind::date:
    case Kind::fen:
    case Kind::bp:
    case Kind::count:
    case Kind::sha256:
    case Kind::month:
    case Kind::base64:
      return false;
  }
  return false;
}

class Collection {
 public:
  void add(const flatbuffers::String* text) {
    if (text != nullptr && text->size() != 0) ids_.push_back(view(*text));
  }

  void add(std::string_view id) {
    if (!id.empty()) ids_.push_back(id);
  }

  void add_field(const flatbuffers::Table& payload, const FieldRule& field) {
    if (field.storage == Storage::personal) {
      const auto* personal = pointer_in<schema::Personal>(payload, field);
      if (personal != nullptr) add(personal->person());
      return;
    }
    if (field.storage != Storage::text || !names_something(field.kind)) return;
    if (!field.array) return add(pointer_in<flatbuffers::String>(payload, field));
    const auto* texts = pointer_in<Texts>(payload, field);
    if (texts == nullptr) return;
    for (const auto* text : *texts) add(text);
  }

  std::vector<std::string_view> distinct() && {
    sort_distinct(ids_);
    return std::move(ids_);
  }

 private:
  std::vector<std::string_view> ids_;
};

}  // namespace

std::vector<std::string_view> mentions_of(const Entry& entry) {
  Collection ids;
  const auto& event = *entry.event;
  ids.add(id_of_subject(view(*event.subject())));
  ids.add(event.correlation());
  ids.add(event.causation());
  const auto& payload = payload_table(event);
  for (const auto& field : catalogue().find(entry.type())->fields) ids.add_field(payload, field);
  return std::move(ids).distinct();
}

std::string_view id_of_subject(std::string_view subject) {
  const auto slash = subject.find('/');
  return slash == std::string_view::npos ? subject : subject.substr(slash + 1);
}

}  // namespace ledger
