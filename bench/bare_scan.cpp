#include "bench/bare_scan.h"

namespace bench {

bool well_formed(ledger::Bytes entry) {
  namespace schema = ledger::schema;
  const auto* const start = reinterpret_cast<const std::uint8_t*>(entry.data());
  flatbuffers::Verifier outer(start, entry.size());
  if (!schema::VerifyEventBuffer(outer)) return false;
  const auto& event = *schema::GetEvent(start);
  const auto& payload = *event.payload();
  flatbuffers::Verifier inner(payload.data(), payload.size());
  const auto root = inner.VerifyOffset(0);
  return root != 0 && schema::VerifyPayload(inner, payload.data() + root,
                                            static_cast<schema::Payload>(event.type()));
}

}  // namespace bench
