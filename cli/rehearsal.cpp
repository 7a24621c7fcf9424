#include "cli/rehearsal.h"

#include <boost/json.hpp>

#include "cli/event_line.h"
#include "cli/import_forecast.h"
#include "cli/json_line.h"
#include "cli/ledger_access.h"
#include "cli/progress.h"
#include "cli/refused_lines.h"
#include "cli/yuan.h"
#include "ledger/append_refusals.h"
#include "ledger/base/check.h"
#include "ledger/base/time.h"
#include "ledger/config.h"
#include "ledger/open_ledger.h"
#include "projections/data_quality.h"
#include "projections/overlay.h"

namespace cli {
namespace {

constexpr std::int64_t warnings_told_max = 20;

// Takes lines and rows into a log that is only supposed.
class Rehearsal {
 public:
  Rehearsal(const projections::EventSource& log, std::int64_t latest_ns, Console& console)
      : overlay_(log), latest_ns_(latest_ns), console_(console), told_(console) {}

  ledger::Result<bool> take(const std::string& file, std::uint64_t line,
                            const EncodeEvents& encode) {
    ++rows_;
    ledger::Batch events;
    if (auto why = encode(encoder_, events)) {
      only_conflicts_ = false;
      refuse({file, line, *std::move(why)});
      return true;
    }
    if (events.empty()) ++without_events_;
    bool refused = false;
    for (std::size_t position = 0; position < events.count(); ++position) {
      const auto why = TRY(add(events.entry(position), file, line));
      if (!why) continue;
      // A row is refused once, for all its events.
      if (refused) {
        note_refused({file, line, *why});
      } else {
        refuse({file, line, *why});
      }
      refused = true;
    }
    return true;
  }

  // Identifiers of new events that do not add up, each value once.
  ledger::Status look_for_defects() {
    const auto found = TRY(projections::print_data_quality(overlay_, {}));
    const auto first = overlay_.size().value - origins_.size();
    for (const auto& row : found.rows) {
      const auto object = boost::json::parse(row).as_object();
      const auto index = object.at("index").to_number<std::uint64_t>();
      if (index < first) continue;
      if (++warnings_ > warnings_told_max) continue;
      const auto& [file, line] = origins_[index - first];
      const auto text = [&](const char* key) {
        const auto& value = object.at(key).as_string();
        return std::string_view(value.data(), value.size());
      };
      console_.note("{}:{}: warning: data.{} {} is not as its standard asks ({})",
                    "{}:{}：警告：data.{} {} 不合其标准（{}）", file, line, text("field"),
                    text("value"), text("why"));
    }
    if (warnings_ > warnings_told_max) {
      console_.note("… and {} more warnings", "……另有 {} 条警告", warnings_ - warnings_told_max);
    }
    return ledger::Ok{};
  }

  void print_json() const {
    console_.write(json_line([&](auto& object) {
      object.number("rows", rows_)
          .number("without_events", without_events_)
          .number("new", added_)
          .number("repeated", repeated_)
          .number("refused", refused_)
          .number("warnings", warnings_);
      std::string types, money;
      projections::JsonObject by_type(types), by_field(money);
      for (const auto& [name, count] : forecast_.types()) by_type.number(name, count);
      for (const auto& [name, sum] : forecast_.money()) {
        if (sum) by_field.number(name, *sum);
      }
      by_type.close();
      by_field.close();
      object.raw("events", types);
      if (const auto first = forecast_.first_ns()) object.text("first", day(*first));
      if (const auto last = forecast_.last_ns()) object.text("last", day(*last));
      object.raw("money_fen", money);
    }));
  }

  void print_prose() const {
    console_.say("rows {}, of them without an event {}; refused {}; warnings {}",
                 "行数 {}，其中未产生事件 {}；拒绝 {}；警告 {}", rows_, without_events_, refused_,
                 warnings_);
    console_.say("events that would be new {}, already there {}", "将新增事件 {}，已存在 {}",
                 added_, repeated_);
    for (const auto& [name, count] : forecast_.types())
      console_.say("  {} {}", "  {} {}", name, count);
    if (const auto first = forecast_.first_ns()) {
      console_.say("from {} to {}", "自 {} 至 {}", day(*first), day(*forecast_.last_ns()));
    }
    for (const auto& [name, sum] : forecast_.money()) {
      console_.say("sum of {}: {}", "{} 合计：{}", name,
                   sum ? yuan(*sum) : console_.text("beyond 64 bits", "超出 64 位"));
    }
    console_.say("nothing was written", "未写入任何内容");
  }

  std::int64_t refused() const { return refused_; }

  bool only_conflicts() const { return only_conflicts_; }

  void conclude() const {
    if (const auto untold = told_.untold(); untold > 0) {
      console_.note("… and {} more refusals", "……另有 {} 条拒绝", untold);
    }
  }

 private:
  struct Origin {
    std::string file;
    std::uint64_t line;
  };

  static std::string day(std::int64_t ns) { return ledger::to_string(ledger::business_date(ns)); }

  // Adds one event; says why when the log would refuse it.
  ledger::Result<std::optional<std::string>> add(ledger::Bytes bytes, const std::string& file,
                                                 std::uint64_t line) {
    using Why = std::optional<std::string>;
    ledger::Batch one;
    one.add(bytes);
    const auto entry = TRY(ledger::decode({0}, one.entry(0)));
    const auto* recorded = entry.event->recorded();
    if (recorded != nullptr && recorded->ns() > latest_ns_) {
      only_conflicts_ = false;
      return Why(console_.in(ledger::recorded_too_late(*entry.event, latest_ns_)));
    }
    const auto source = entry.event->source()->string_view();
    const auto id = entry.event->id()->string_view();
    if (const auto first = TRY(overlay_.find(source, id))) return repeat(entry, *first);
    const auto added = overlay_.add(one);
    if (!added) {
      const auto& error = added.error();
      if (error.code != ledger::ErrorCode::invalid) return error;  // the log cannot be read
      only_conflicts_ = false;
      return Why(console_.in(error.message));
    }
    ++added_;
    origins_.push_back({file, line});
    forecast_.count(entry);
    return Why();
  }

  // An event that stands in the log, or earlier in the files.
  ledger::Result<std::optional<std::string>> repeat(const ledger::Entry& event,
                                                    ledger::Sequence first) {
    bool same = false;
    TRY(overlay_.read_each({first}, [&](const ledger::Entry& standing) -> ledger::Status {
      same = ledger::same_content(standing, event);
      return ledger::Ok{};
    }));
    if (!same) return std::optional(console_.in(ledger::id_taken(*event.event, first)));
    ++repeated_;
    forecast_.count(event);
    return std::optional<std::string>();
  }

  void refuse(const RefusedLine& refused) {
    ++refused_;
    note_refused(refused);
  }

  void note_refused(const RefusedLine& refused) { told_.tell(refused); }

  projections::OverlaySource overlay_;
  std::int64_t latest_ns_;
  Console& console_;
  RefusedLines told_;
  ledger::Encoder encoder_;
  std::vector<Origin> origins_;  // of the events added, in their order
  ImportForecast forecast_;
  std::int64_t rows_ = 0, without_events_ = 0, refused_ = 0, warnings_ = 0;
  std::int64_t added_ = 0, repeated_ = 0;
  bool only_conflicts_ = true;
};

}  // namespace

ledger::Result<Exit> rehearse(const EventFiles& format, const std::vector<std::string>& files,
                              const Arguments& arguments, Console& console) {
  const auto reader = TRY(open_reader(arguments, console));
  const auto config = TRY(ledger::read_config(ledger::LedgerPaths(arguments.data).config));
  const projections::LogSource log(reader);
  Rehearsal rehearsal(log, now_ns() + config.clock_tolerance_ns, console);
  {
    Progress progress(console, console.text("check", "校验"), 0);
    const auto take = [&](const auto& file, auto line, const auto& encode) {
      return rehearsal.take(file, line, encode);
    };
    TRY(format.read(files, take, progress, console));
  }
  rehearsal.conclude();
  TRY(rehearsal.look_for_defects());
  if (arguments.json) {
    rehearsal.print_json();
  } else {
    rehearsal.print_prose();
  }
  if (rehearsal.refused() == 0) return Exit::done;
  console.error(console.text(
      "{} line(s) or row(s) would be refused; correct them before the import, which takes a batch "
      "all or nothing.",
      "{} 行将被拒绝；请先更正再导入，导入时每批要么全部成功要么全部不追加。",
      rehearsal.refused()));
  return rehearsal.only_conflicts() ? Exit::conflict : Exit::refused;
}

}  // namespace cli
