#include "cli/supposition.h"

#include <algorithm>

#include "cli/event_line.h"
#include "cli/input_file.h"
#include "cli/refused_lines.h"
#include "projections/supposed_pack.h"

namespace cli {
namespace {

using ledger::Error;
using ledger::ErrorCode;
using ledger::Result;

// Where each event of a batch was read.
struct Origin {
  std::string file;
  std::uint64_t line;
};

Result<Exit> leave_out(const std::vector<std::string>& names, Console& console,
                       projections::OverlaySource& overlay) {
  std::vector<ledger::Sequence> indexes;
  for (const auto& name : names) {
    const auto hash = name.find('#');  // a source has none
    if (hash == std::string::npos || hash == 0 || hash + 1 == name.size()) {
      console.error(console.text(
          "--without: got {:?}, wanted SOURCE#ID, the source and id of an event, such as "
          "dms/D01#D01-00002 (`tally log` shows them).",
          "--without：得到 {:?}，应为 SOURCE#ID，即事件的来源与编号，例如 dms/D01#D01-00002"
          "（`tally log` 列出）。",
          name));
      return Exit::usage;
    }
    const auto index =
        TRY(overlay.find(std::string_view(name).substr(0, hash), name.substr(hash + 1)));
    if (!index) {
      return Error{ErrorCode::not_found,
                   console.text("--without: there is no event {} in this view of the log; `tally "
                                "log` and `tally export` show those there are.",
                                "--without：此日志视图中没有事件 {}；`tally log` 与 `tally export` "
                                "列出现有事件。",
                                name)};
    }
    indexes.push_back(*index);
  }
  overlay.exclude(indexes);
  return Exit::done;
}

// Says so when nobody is governed by a version that is on trial.
ledger::Status note_unnoticed(const projections::SupposedPack& pack, Console& console,
                              const projections::OverlaySource& overlay) {
  if (pack.version == 1) return ledger::Ok{};
  bool noticed = false;
  TRY(overlay.scan(ledger::EventType::PolicyNoticeDelivered,
                   [&](const ledger::Entry& entry) -> ledger::Status {
                     const auto& notice = entry.payload<ledger::schema::PolicyNoticeDelivered>();
                     noticed = noticed || (notice.version() == pack.version &&
                                           notice.policy()->string_view() == pack.policy);
                     return ledger::Ok{};
                   }));
  if (noticed) return ledger::Ok{};
  console.note(
      "note: no dealer has notice of {0} version {1}, so it governs nothing; add events "
      "policy.notice_delivered with --with.",
      "提示：没有经销商收到 {0} 第 {1} 版的通知，该版不生效；请用 --with 加入 "
      "policy.notice_delivered 事件。",
      pack.policy, pack.version);
  return ledger::Ok{};
}

// Tells of refused lines as they come and, at the end, what that means.
class Refusals {
 public:
  explicit Refusals(Console& console) : console_(console), lines_(console) {}

  void tell(const RefusedLine& refused) { lines_.tell(refused); }

  // Of events that stand in lines of `origins`.
  void tell(const Error& error, const std::vector<Origin>& origins) {
    if (!error.position || *error.position >= origins.size()) return;
    const auto& origin = origins[*error.position];
    tell({origin.file, origin.line, console_.in(error.message)});
  }

  std::int64_t count() const { return lines_.count(); }

  void conclude() {
    lines_.tell_rest();
    console_.error(
        console_.text("{} line(s) were refused, so nothing was evaluated; correct them "
                      "and ask again.",
                      "{} 行被拒绝，未作任何计算；请更正后重试。", count()));
  }

 private:
  Console& console_;
  RefusedLines lines_;
};

Result<Exit> add_events(const std::vector<std::string>& files, Console& console,
                        projections::OverlaySource& overlay) {
  ledger::Encoder encoder;
  ledger::Batch batch;
  std::vector<Origin> origins;
  Refusals refusals(console);
  for (const auto& file : files) {
    auto reader = TRY(LineReader::open(file));
    while (const auto line = TRY(reader.next())) {
      if (is_blank(*line)) continue;
      if (auto why = encode_line(*line, encoder, batch)) {
        refusals.tell({shown_name(file), line->number, *std::move(why)});
      } else {
        origins.push_back({shown_name(file), line->number});
      }
    }
  }
  if (refusals.count() > 0) {
    refusals.conclude();
    return Exit::refused;
  }
  const auto added = overlay.add(batch);
  if (added) return Exit::done;
  refusals.tell(added.error(), origins);
  for (const auto& error : added.error().further) refusals.tell(error, origins);
  if (refusals.count() == 0) return added.error();
  refusals.conclude();
  return exit_of(added.error().code);
}

}  // namespace

std::vector<Option> supposition_options() {
  return {
      {"--without",
       "SOURCE#ID",
       ValueKind::text,
       {"Leave this event out; may be repeated", "去掉此事件；可重复给出"},
       false,
       true},
      {"--with",
       "FILE",
       ValueKind::text,
       {"Add the events of this file after the last of the log; - is standard input; may be "
        "repeated",
        "在日志末尾之后加入该文件的事件；- 为标准输入；可重复给出"},
       false,
       true},
      {"--policy",
       "FILE",
       ValueKind::text,
       {"Put this policy pack (TOML) in the place of the same version, or add it as a new one; "
        "may be repeated",
        "用该政策包（TOML）替换同一版本，或作为新版本加入；可重复给出"},
       false,
       true},
  };
}

Result<Exit> suppose(const Arguments& arguments, Console& console,
                     projections::OverlaySource& overlay) {
  const auto left_out = TRY(leave_out(arguments.all("--without"), console, overlay));
  if (left_out != Exit::done) return left_out;
  std::vector<projections::SupposedPack> packs;
  for (const auto& file : arguments.all("--policy")) {
    const auto document = TRY(read_input("--policy", file, console));
    auto pack = projections::suppose_pack(document, overlay);
    if (!pack) {
      return Error{pack.error().code,
                   ledger::worded("{}: {}", "{}：{}", file, pack.error().message)};
    }
    packs.push_back(*std::move(pack));
  }
  const auto added = TRY(add_events(arguments.all("--with"), console, overlay));
  if (added != Exit::done) return added;
  for (const auto& pack : packs) TRY(note_unnoticed(pack, console, overlay));
  return Exit::done;
}

}  // namespace cli
