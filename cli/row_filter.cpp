#include "cli/row_filter.h"

#include <algorithm>
#include <boost/json.hpp>

namespace cli {

std::vector<Option> filter_options() {
  return {
      {"--dealer", "ID", ValueKind::text, {"Only rows of this dealer", "仅此经销商的行"}},
      {"--customer", "ID", ValueKind::text, {"Only rows of this customer", "仅此客户的行"}},
      {"--order", "ID", ValueKind::text, {"Only rows of this order", "仅此订单的行"}},
      {"--policy", "ID", ValueKind::text, {"Only rows under this policy", "仅此政策下的行"}},
  };
}

bool chooses_rows(const Arguments& arguments) {
  const auto options = filter_options();
  return arguments.has(breached_option) ||
         std::any_of(options.begin(), options.end(),
                     [&](const Option& option) { return arguments.has(option.name); });
}

void drop_foreign(std::vector<std::string>& overflows, const std::vector<std::string>& keys,
                  const Arguments& arguments) {
  if (keys.size() != overflows.size()) return;
  std::vector<std::string> kept;
  for (std::size_t at = 0; at < keys.size(); ++at) {
    const auto known = boost::json::parse(keys[at]).as_object();
    bool wanted = true;
    // Which policy would have governed, a line without amounts need not know.
    for (const std::string_view key : {"dealer", "customer", "order"}) {
      const auto given = arguments.text("--" + std::string(key));
      const auto* const value = known.if_contains(key);
      if (given) wanted = wanted && value != nullptr && value->as_string() == *given;
    }
    if (wanted) kept.push_back(std::move(overflows[at]));
  }
  overflows = std::move(kept);
}

projections::Asked asked_by(const Arguments& arguments) {
  return {.order = arguments.text("--order"),
          .customer = arguments.text("--customer"),
          .dealer = arguments.text("--dealer"),
          .line = {}};
}

std::vector<std::string> filtered(std::vector<std::string> rows, const Arguments& arguments) {
  for (const auto& option : filter_options()) {
    const auto wanted = arguments.text(option.name);
    if (!wanted) continue;
    const auto key = option.name.substr(2);
    std::erase_if(rows, [&](const std::string& row) {
      const auto object = boost::json::parse(row).as_object();
      const auto* const value = object.if_contains(key);
      return value == nullptr || !value->is_string() || value->get_string() != *wanted;
    });
  }
  if (arguments.has(breached_option)) {
    std::erase_if(rows, [](const std::string& row) {
      const auto object = boost::json::parse(row).as_object();
      const auto& state = object.at("state").as_string();
      return state != "late" && state != "overdue";
    });
  }
  return rows;
}

}  // namespace cli
