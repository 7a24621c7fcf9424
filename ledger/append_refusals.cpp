#include "ledger/append_refusals.h"

#include "ledger/base/time.h"
#include "ledger/idempotency_key.h"

namespace ledger {

Message recorded_too_late(const schema::Event& event, std::int64_t latest_ns) {
  return worded(
      "recordedtime: got {}, wanted at most {}, the ledger's clock and its tolerance; set the "
      "clocks right",
      "recordedtime：得到 {}，应为 不晚于 {}，即账本时钟加容差；请校准时钟",
      to_string_utc(event.recorded()->ns()), to_string_utc(latest_ns));
}

Message id_taken(const schema::Event& event, Sequence first) {
  return worded(
      "id: got {}, which stands at index {} with other content, wanted an id of its own; to "
      "correct that event, void it",
      "id：得到 {}，其在序号 {} 处内容不同，应为 自己的编号；如需更正该事件，请将其作废",
      idempotency_key(event), first.value);
}

}  // namespace ledger
