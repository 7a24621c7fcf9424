#include "cli/derivation.h"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "cli/printable.h"
#include "cli/yuan.h"

namespace cli {
namespace {

namespace json = boost::json;

// Printable, since much of it is what others wrote into the ledger.
std::string printable_at(const json::object& object, std::string_view key) {
  const auto* const value = object.if_contains(key);
  return value == nullptr || !value->is_string() ? std::string() : printable(value->get_string());
}

// Draws one tree; keeps what is drawn so far.
class Drawing {
 public:
  Drawing(const DescribeEvent& describe, Language language)
      : describe_(describe), language_(language) {}

  void draw(const json::object& node, const std::string& lead, const std::string& below) {
    text_ += fmt::format("{}{}  {}", lead, printable_at(node, "label"),
                         yuan(node.at("amount_fen").to_number<std::int64_t>()));
    if (const auto clause = printable_at(node, "clause"); !clause.empty()) {
      text_ += fmt::format("  [{}]", clause);
    }
    text_ += '\n';
    const auto* const children = node.if_contains("children");
    const bool leaf = children == nullptr || children->as_array().empty();
    const auto margin = below + (leaf ? "    " : "│   ");
    if (const auto formula = printable_at(node, "formula"); !formula.empty()) {
      text_ += fmt::format("{}= {}\n", margin, formula);
    }
    draw_inputs(node, margin);
    draw_unmet(node, margin);
    if (leaf) return;
    const auto& array = children->as_array();
    for (std::size_t i = 0; i < array.size(); ++i) {
      const bool last = i + 1 == array.size();
      draw(array[i].as_object(), below + (last ? "└── " : "├── "),
           below + (last ? "    " : "│   "));
    }
  }

  std::string take() { return std::move(text_); }

 private:
  std::string in(Text text) const { return std::string(text.in(language_)); }

  // ` ← #57 hq/oms#oms-00012, order.created on 2017-03-01`
  std::string source_of(const json::object& holder) const {
    const auto* const event = holder.if_contains("event");
    if (event == nullptr || !event->is_object()) return {};
    const auto& object = event->get_object();
    const auto index = object.at("index").to_number<std::uint64_t>();
    return fmt::format("  ← #{} {}#{} {}", index, printable_at(object, "source"),
                       printable_at(object, "id"), describe_(index));
  }

  static std::string shown(std::string_view name, const json::value& value) {
    if (value.is_string()) return printable(value.get_string());
    if (value.is_number() && name.ends_with("_fen")) return yuan(value.to_number<std::int64_t>());
    return printable(json::serialize(value));
  }

  void draw_inputs(const json::object& node, const std::string& margin) {
    const auto* const inputs = node.if_contains("inputs");
    if (inputs == nullptr) return;
    for (const auto& value : inputs->as_array()) {
      const auto& input = value.as_object();
      const auto name = printable_at(input, "name");
      text_ += fmt::format("{}· {} {}{}\n", margin, name, shown(name, input.at("value")),
                           source_of(input));
    }
  }

  void draw_unmet(const json::object& node, const std::string& margin) {
    const auto* const unmet = node.if_contains("unmet");
    if (unmet == nullptr) return;
    for (const auto& value : unmet->as_array()) {
      const auto& condition = value.as_object();
      const auto clause = printable_at(condition, "clause");
      text_ += fmt::format("{}✗ {}: {}{}{}\n", margin, in({"not met", "未满足"}),
                           printable_at(condition, "condition"),
                           clause.empty() ? std::string() : fmt::format(" [{}]", clause),
                           source_of(condition));
    }
  }

  const DescribeEvent& describe_;
  Language language_;
  std::string text_;
};

}  // namespace

std::string derivation_tree(std::string_view json, const DescribeEvent& describe,
                            Language language) {
  Drawing drawing(describe, language);
  drawing.draw(json::parse(json).as_object(), {}, {});
  return drawing.take();
}

}  // namespace cli
