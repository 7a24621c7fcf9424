#include "cli/row_filter.h"

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
  return rows;
}

}  // namespace cli
