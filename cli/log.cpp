#include "cli/log.h"

#include <boost/json.hpp>

#include "cli/clock_text.h"
#include "cli/display_width.h"
#include "cli/event_filter.h"
#include "cli/ledger_access.h"
#include "cli/printable.h"
#include "cli/vault_access.h"
#include "ledger/codec.h"

namespace cli {
namespace {

constexpr std::size_t value_width_max = 40;

std::string shown(const boost::json::value& value) {
  if (value.is_string()) return shorten(printable(value.get_string()), value_width_max);
  if (value.is_array()) {
    const auto& array = value.get_array();
    if (array.empty()) return "[]";
    const auto first = shown(array.front());
    return array.size() == 1 ? first : fmt::format("{} +{}", first, array.size() - 1);
  }
  if (value.is_object() && value.get_object().contains("sealed")) {
    return fmt::format("({})", shown(value.get_object().at("sealed")));
  }
  return boost::json::serialize(value);
}

// The facts of the event that its subject does not say already.
std::string facts_of(const boost::json::object& event) {
  const auto subject = std::string_view(event.at("subject").as_string());
  const auto key = subject.substr(std::min(subject.find('/') + 1, subject.size()));
  std::string text;
  for (const auto& [name, value] : event.at("data").as_object()) {
    if (value.is_string() && std::string_view(value.get_string()) == key) continue;
    if (!text.empty()) text += ' ';
    text += fmt::format("{}={}", std::string_view(name), shown(value));
  }
  return text;
}

std::string line_for(const ledger::Entry& entry, std::string& json) {
  json.clear();
  ledger::append_json(entry, json);
  const auto event = boost::json::parse(json).as_object();
  return fmt::format(
      "{:>8}  {}  {}  {}  {}\n", entry.index.value, beijing(entry.event->time()->ns()),
      pad_right(ledger::type_name(entry.type()), 26),
      pad_right(printable(entry.event->subject()->string_view()), 25), printable(facts_of(event)));
}

ledger::Result<Exit> run_log(const Arguments& arguments, Console& console) {
  const auto filter = EventFilter::from(arguments);
  const auto reader = TRY(open_reader(arguments, console));
  auto disclosure = TRY(Disclosure::open(reader));
  std::string json;
  const auto print = [&](const ledger::Entry& stored) -> ledger::Status {
    const auto entry = TRY(disclosure.show(stored));
    if (arguments.json) {
      json.clear();
      ledger::append_json(entry, json);
      console.write(json + "\n");
    } else {
      console.write(line_for(entry, json));
    }
    return ledger::Ok{};
  };
  TRY(filter.each(reader, print));
  return Exit::done;
}

}  // namespace

Command log_command() {
  return {
      .name = "log",
      .summary = {"Read the history", "阅读历史"},
      .details = {"Prints a line for every event in log order: index, when it happened (UTC+8), "
                  "type, stream, facts. --json prints the events as `tally export` does.",
                  "按日志顺序每个事件输出一行：序号、发生时间（UTC+8）、类型、主体、内容。"
                  "--json 的输出与 `tally export` 相同。"},
      .example = {"tally log --subject order/O1",
                  "tally log --type finding.confirmed --since 2017-09-01"},
      .options = {{"--subject",
                   "SUBJECT",
                   ValueKind::text,
                   {"Only this stream, e.g. order/O1", "仅此主体，如 order/O1"}},
                  {"--type", "TYPE", ValueKind::event_type, {"Only this type", "仅此类型"}},
                  {"--since",
                   "DATE",
                   ValueKind::date,
                   {"Only what happened on or after this business date",
                    "仅此业务日期及以后发生的事件"}}},
      .run = run_log,
  };
}

}  // namespace cli
