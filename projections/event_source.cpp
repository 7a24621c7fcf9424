#include "projections/event_source.h"

namespace projections {

ledger::Result<std::optional<ledger::Sequence>> EventSource::target_of(
    const ledger::Entry& voiding) const {
  const auto& data = voiding.payload<ledger::schema::EventVoided>();
  return find(data.target_source()->string_view(), data.target_id()->string_view());
}

ledger::Status LogSource::scan(std::optional<ledger::EventType> only, const Visit& visit) const {
  ledger::Selection selection;
  if (only) selection.types.emplace().set(static_cast<std::size_t>(*only));
  return reader_.scan(selection, visit);
}

ledger::Status LogSource::scan_ahead(const Visit& visit) const {
  return reader_.scan_ahead({}, visit);
}

ledger::Status LogSource::read_each(const std::vector<ledger::Sequence>& indexes,
                                    const Visit& use) const {
  return reader_.read_each(indexes, use);
}

ledger::Result<std::optional<ledger::Sequence>> LogSource::find(std::string_view source,
                                                                std::string_view id) const {
  return reader_.find(source, id);
}

}  // namespace projections
