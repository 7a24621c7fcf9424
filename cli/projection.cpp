#include "cli/projection.h"

#include <memory>

#include "cli/ledger_access.h"
#include "ledger/base/check.h"

namespace cli {

ledger::Result<Projection> Projection::open(const Arguments& arguments, Console& console) {
  Projection projection;
  auto reader = TRY(open_reader(arguments, console));
  projection.cut_ = {arguments.number("--known-at"), arguments.date("--effective-at")};
  if (projection.cut_.known_at) reader = reader.at({*projection.cut_.known_at});
  projection.reader_ = std::make_unique<ledger::Reader>(std::move(reader));
  projection.source_ = std::make_unique<projections::LogSource>(*projection.reader_);
  const auto threads =
      static_cast<unsigned>(arguments.number("--threads").value_or(threads_default));
  projection.replay_ = TRY(projections::Replay::run(*projection.source_, projection.cut_, threads));
  return projection;
}

}  // namespace cli
