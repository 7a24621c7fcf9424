#include "bench/baseline.h"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <exception>

#include "ledger/durable_file.h"

namespace bench {
namespace {

namespace json = boost::json;

// Throws what Boost throws where it is something else.
Figures figures_of(const json::object& object, std::string_view key) {
  Figures figures;
  for (const auto& member : object.at(key).as_object()) {
    figures.emplace(std::string(member.key()), member.value().to_number<double>());
  }
  return figures;
}

// One figure a line, so that a review sees which of them moved.
std::string text_of(const Figures& figures, int decimals) {
  std::string text = "{";
  for (const auto& [name, figure] : figures) {
    if (text.size() > 1) text += ',';
    text += fmt::format("\n    {}: {:.{}f}", json::serialize(json::string(name)), figure, decimals);
  }
  return text + (figures.empty() ? "}" : "\n  }");
}

}  // namespace

ledger::Result<Baseline> Baseline::read(const std::filesystem::path& file) {
  const auto text = TRY(ledger::read_file(file));
  try {
    const auto value = json::parse(text);
    const auto& object = value.as_object();
    return Baseline{object.at("events").to_number<std::uint64_t>(), figures_of(object, "ratios"),
                    figures_of(object, "instructions_per_event")};
  } catch (const std::exception& error) {
    return ledger::Error{ledger::ErrorCode::invalid,
                         ledger::worded("{} is no baseline: {}; take the one of the sources, or "
                                        "remove it and record one",
                                        "{} 不是基线：{}；请使用源码中的基线，或将其删除后重新记录",
                                        file.string(), std::string_view(error.what()))};
  }
}

ledger::Result<std::optional<Baseline>> Baseline::read_if_there(const std::filesystem::path& file) {
  auto baseline = read(file);
  if (baseline) return std::optional(*std::move(baseline));
  if (baseline.error().code == ledger::ErrorCode::not_found) return std::optional<Baseline>();
  return std::move(baseline).error();
}

ledger::Status Baseline::write(const std::filesystem::path& file) const {
  const auto text = fmt::format(
      "{{\n  \"events\": {},\n  \"ratios\": {},\n  \"instructions_per_event\": {}\n}}\n", events,
      text_of(ratios, 3), text_of(instructions_per_event, 0));
  return ledger::replace_file(file, text, ledger::FileAccess::everyone);
}

std::optional<double> ratio_wanted(const Baseline& baseline, std::string_view work) {
  const auto found = baseline.ratios.find(work);
  if (found == baseline.ratios.end()) return std::nullopt;
  return ratio_kept * found->second;
}

std::optional<Range> instructions_wanted(const Baseline& baseline, std::string_view loop) {
  const auto found = baseline.instructions_per_event.find(loop);
  if (found == baseline.instructions_per_event.end()) return std::nullopt;
  return Range{(1 - instructions_moved_max) * found->second,
               (1 + instructions_moved_max) * found->second};
}

}  // namespace bench
