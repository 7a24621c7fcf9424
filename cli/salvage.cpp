#include "cli/salvage.h"

#include <algorithm>

namespace cli {

ledger::Status Salvage::scan(std::optional<ledger::EventType> only, const Visit& visit) const {
  ledger::Selection selection;
  if (only) selection.types.emplace().set(static_cast<std::size_t>(*only));
  for (const auto index : damaged_) {
    selection.to = {index.value};
    if (selection.from.value < selection.to.value) TRY(reader_.scan(selection, visit));
    selection.from = {index.value + 1};
  }
  selection.to = reader_.size();
  return selection.from.value < selection.to.value ? reader_.scan(selection, visit)
                                                   : ledger::Status(ledger::Ok{});
}

ledger::Status Salvage::read_each(const std::vector<ledger::Sequence>& indexes,
                                  const Visit& use) const {
  std::vector<ledger::Sequence> sound;
  std::set_difference(indexes.begin(), indexes.end(), damaged_.begin(), damaged_.end(),
                      std::back_inserter(sound));
  return reader_.read_each(sound, use);
}

ledger::Result<std::optional<ledger::Sequence>> Salvage::find(std::string_view source,
                                                              std::string_view id) const {
  auto index = TRY(reader_.find(source, id));
  if (index && std::binary_search(damaged_.begin(), damaged_.end(), *index)) index.reset();
  return index;
}

}  // namespace cli
