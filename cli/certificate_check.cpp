#include "cli/certificate_check.h"

#include <algorithm>
#include <charconv>
#include <cstring>

#include "cli/hex.h"
#include "cli/input_file.h"
#include "cli/json_line.h"
#include "cli/ledger_access.h"
#include "cli/printable.h"
#include "cli/version.h"
#include "ledger/codec.h"
#include "ledger/durable_file.h"
#include "ledger/open_ledger.h"
#include "projections/certificate.h"
#include "projections/certified_rows.h"
#include "projections/event_source.h"

namespace cli {
namespace {

namespace schema = ledger::schema;
using ledger::Entry;
using ledger::EventType;
using ledger::TreeSize;

// What a replay of the first events of a ledger comes to.
struct Recomputed {
  std::string root, result_sha256;
  projections::CertifiedRows rows;
  std::vector<std::string> overflows;
};

ledger::Result<Recomputed> recompute(const ledger::Reader& reader, const Arguments& arguments) {
  const auto threads =
      static_cast<unsigned>(arguments.number("--threads").value_or(threads_default));
  const projections::LogSource source(reader);
  const auto replay = TRY(projections::Replay::run(source, {}, threads));
  Recomputed made;
  auto certificate = TRY(projections::certify(
      *replay, [&](auto model, const std::string& row) { made.rows.add(model, row); }));
  made.root = hex(TRY(reader.root()));
  made.result_sha256 = hex(certificate.result_sha256);
  made.overflows = std::move(certificate.overflows);
  return made;
}

std::filesystem::path kept_at(const Arguments& arguments, std::uint64_t log_size) {
  return ledger::LedgerPaths(arguments.data).cache / "certificates" /
         (std::to_string(log_size) + ".rows");
}

ledger::Status keep_rows(const projections::CertifiedRows& rows,
                         const std::filesystem::path& path) {
  std::error_code failed;
  std::filesystem::create_directories(path.parent_path(), failed);
  return ledger::replace_file(path, rows.text(), ledger::FileAccess::everyone);
}

// A cache: that it cannot be kept takes nothing from the certificate.
void tell_unkept(const ledger::Status& kept, Console& console) {
  if (kept) return;
  console.note("the rows could not be kept in the cache, so that a check will not name them: {}",
               "各行未能存入缓存，日后核对将无法指出具体行：{}", console.in(kept.error().message));
}

std::string certificate_line(TreeSize size, const Recomputed& made) {
  std::string data;
  projections::JsonObject(data)
      .number("log_size", json_number(size))
      .text("root", made.root)
      .text("result_sha256", made.result_sha256)
      .text("code", version_text())
      .close();
  const auto number = std::to_string(size.value);
  std::string line;
  projections::JsonObject(line)
      .text("specversion", "1.0")
      .text("id", "replay-" + number)
      .text("source", "tally/replay")
      .text("type", "replay.certified")
      .text("subject", "replay/" + number)
      .text("time", ledger::to_string_utc(now_ns()))
      .text("role", "system")
      .raw("data", data)
      .close();
  return line;
}

// A certificate as the log has it.
struct Certified {
  std::uint64_t index = 0, log_size = 0;
  std::string root, code;
  ledger::Hash result_sha256{};
};

ledger::Hash hash_of(const schema::Sha256& stored) {
  ledger::Hash hash;
  std::memcpy(hash.data(), stored.bytes()->data(), hash.size());
  return hash;
}

Certified certified_by(const Entry& entry) {
  const auto& data = entry.payload<schema::ReplayCertified>();
  return {entry.index.value, static_cast<std::uint64_t>(data.log_size()),
          hex(hash_of(*data.root())), data.code()->str(), hash_of(*data.result_sha256())};
}

ledger::Error no_certificate(const std::string& which, const std::string& got, Console& console) {
  return {
      ledger::ErrorCode::not_found,
      console.text("--check {}: got {}, wanted the index of a replay.certified; `tally log "
                   "--type replay.certified` lists them and `tally replay --certify` makes one.",
                   "--check {}：得到 {}，应为 replay.certified 的序号；`tally log --type "
                   "replay.certified` 可列出，`tally replay --certify` 可新建。",
                   which, got)};
}

ledger::Result<Certified> find_certificate(const ledger::Reader& reader, const std::string& which,
                                           Console& console) {
  std::optional<Certified> found;
  const auto look = [&](const Entry& entry) -> ledger::Status {
    if (entry.type() == EventType::ReplayCertified) found = certified_by(entry);
    return ledger::Ok{};
  };
  if (which == "latest") {
    ledger::Selection selection;
    selection.types.emplace().set(static_cast<std::size_t>(EventType::ReplayCertified));
    TRY(reader.scan(selection, look));
  } else {
    std::uint64_t index = 0;
    const auto* const end = which.data() + which.size();
    const auto [at, code] = std::from_chars(which.data(), end, index);
    if (code != std::errc{} || at != end) {
      return no_certificate(which, console.text("no number", "非数字"), console);
    }
    TRY(reader.read({index}, look));
  }
  if (found) return *std::move(found);
  return no_certificate(which,
                        which == "latest" ? console.text("a log without any", "没有证书的日志")
                                          : console.text("another event", "其他事件"),
                        console);
}

// The rows that were certified: those of `--rows`, else those in the cache; nothing when neither
// has them. Fails with `invalid` for a file that holds others.
ledger::Result<std::optional<projections::CertifiedRows>> certified_rows(const Certified& certified,
                                                                         const Arguments& arguments,
                                                                         Console& console) {
  const auto given = arguments.text("--rows");
  const auto text = given ? naming("--rows", ledger::read_file(*given))
                          : ledger::read_file(kept_at(arguments, certified.log_size));
  if (given && !text) return text.error();
  auto rows =
      text ? projections::CertifiedRows::parse(*text, certified.result_sha256) : std::nullopt;
  if (rows || !given) return rows;
  return ledger::Error{
      ledger::ErrorCode::invalid,
      console.text("--rows: got other rows in {} than those certified, wanted those whose SHA-256 "
                   "is {}. The program that certified them ({}) writes them: `tally replay "
                   "--known-at {} --rows-to FILE`.",
                   "--rows：{} 中的行并非证书所载，应为 SHA-256 为 {} 的各行。"
                   "出具证书的程序（{}）可写出：`tally replay --known-at {} --rows-to 文件`。",
                   *given, hex(certified.result_sha256), printable(certified.code),
                   certified.log_size)};
}

struct Verdict {
  const Certified& certified;
  const Recomputed& made;
  bool same_root, same_result;
  std::optional<projections::FirstDifference> first;

  bool good() const { return same_root && same_result; }
};

void print_json(const Verdict& verdict, Console& console) {
  console.write(json_line([&](auto& object) {
    object.number("index", static_cast<std::int64_t>(verdict.certified.index))
        .number("log_size", static_cast<std::int64_t>(verdict.certified.log_size))
        .text("certified_code", verdict.certified.code)
        .text("code", version_text())
        .text("certified_root", verdict.certified.root)
        .text("root", verdict.made.root)
        .text("certified_result_sha256", hex(verdict.certified.result_sha256))
        .text("result_sha256", verdict.made.result_sha256)
        .truth("same", verdict.good());
    if (!verdict.first) return;
    object.text("model", name_of(verdict.first->model))
        .number("line", static_cast<std::int64_t>(verdict.first->line));
    if (!verdict.first->certified.empty()) object.raw("certified", verdict.first->certified);
    if (!verdict.first->found.empty()) object.raw("found", verdict.first->found);
  }));
}

void print_prose(const Verdict& verdict, Console& console) {
  const auto& certified = verdict.certified;
  console.say("certificate at index {}: size {}, made by {}",
              "证书位于序号 {}：规模 {}，由 {} 出具", certified.index, certified.log_size,
              printable(certified.code));
  if (verdict.good()) {
    console.say("it stands: the same root and the same result come out of that log\nresult {}",
                "证书成立：由该日志重放得到相同的根哈希与结果\n结果 {}",
                verdict.made.result_sha256);
    return;
  }
  if (!verdict.same_root) {
    console.say("root certified {}\nroot now       {}", "证书所载根 {}\n现在的根   {}",
                certified.root, verdict.made.root);
  }
  if (verdict.same_result) return;
  console.say("result certified {}\nresult now       {}", "证书所载结果 {}\n现在的结果   {}",
              hex(certified.result_sha256), verdict.made.result_sha256);
  if (!verdict.first) {
    console.say(
        "the rows of that time are no longer in the cache, so which one differs cannot be told. "
        "{} makes them again: `tally replay --known-at {} --rows-to FILE`; then --rows FILE here",
        "当时的各行已不在缓存中，无法指出哪一行不同。可用 {} 重新生成："
        "`tally replay --known-at {} --rows-to 文件`，再在此给出 --rows 文件",
        printable(certified.code), certified.log_size);
    return;
  }
  const auto none = console.text("(no such row)", "（无此行）");
  const auto& first = *verdict.first;
  console.say("first difference: {}, line {}\n  certified {}\n  now       {}",
              "首个差异：{}，第 {} 行\n  证书所载 {}\n  现在     {}", name_of(first.model),
              first.line, first.certified.empty() ? none : printable(first.certified),
              first.found.empty() ? none : printable(first.found));
}

}  // namespace

ledger::Result<Exit> append_certificate(const Arguments& arguments, Console& console) {
  const auto log = TRY(open_log(arguments, console));
  const auto reader = log->reader();
  const auto made = TRY(recompute(reader, arguments));
  if (!made.overflows.empty()) {
    return ledger::Error{
        ledger::ErrorCode::invalid,
        console.text("{} lines do not fit into 64 bits ({}, …): such a result is not certified.",
                     "{} 行超出 64 位范围（{} 等）：此结果不予出具证书。", made.overflows.size(),
                     made.overflows.front())};
  }
  ledger::Encoder encoder;
  ledger::Batch batch;
  batch.expected_size = reader.size();
  if (const auto refusal = encoder.add(certificate_line(reader.size(), made), batch)) {
    return ledger::refused(*refusal);
  }
  const auto appended = TRY(log->append(batch));
  TRY(log->sign_checkpoint());
  tell_unkept(keep_rows(made.rows, kept_at(arguments, reader.size().value)), console);
  const auto index = appended.indexes.front().value;
  if (arguments.json) {
    console.write(json_line([&](auto& object) {
      object.number("index", static_cast<std::int64_t>(index))
          .number("log_size", json_number(reader.size()))
          .text("root", made.root)
          .text("result_sha256", made.result_sha256)
          .text("code", version_text());
    }));
    return Exit::done;
  }
  console.say("certified at index {}: size {}\nroot   {}\nresult {}",
              "证书已写入序号 {}：规模 {}\n根哈希 {}\n结果   {}", index, reader.size().value,
              made.root, made.result_sha256);
  return Exit::done;
}

ledger::Result<Exit> check_certificate(const Arguments& arguments, Console& console) {
  const auto whole = TRY(open_reader(arguments, console));
  const auto certified =
      TRY(find_certificate(whole, arguments.text("--check").value_or(""), console));
  if (certified.log_size > certified.index) {
    return ledger::Error{
        ledger::ErrorCode::corrupt,
        console.text("the certificate at index {} is of {} events, more than came before it.",
                     "序号 {} 处的证书涉及 {} 个事件，多于其前的事件数。", certified.index,
                     certified.log_size)};
  }
  const auto made = TRY(recompute(whole.at({certified.log_size}), arguments));
  Verdict verdict{certified,
                  made,
                  certified.root == made.root,
                  hex(certified.result_sha256) == made.result_sha256,
                  {}};
  const auto rows = TRY(certified_rows(certified, arguments, console));
  if (rows && !verdict.same_result) verdict.first = first_difference(*rows, made.rows);
  // As after restoring a backup: from here on a later check can name a row. Where the cache
  // cannot be written, it is as before.
  if (!rows && verdict.same_result) {
    static_cast<void>(keep_rows(made.rows, kept_at(arguments, certified.log_size)));
  }
  if (arguments.json) {
    print_json(verdict, console);
  } else {
    print_prose(verdict, console);
  }
  if (verdict.good()) return Exit::done;
  console.error(console.text(
      "The certificate at index {} does not come out again. If the root differs, the log was "
      "altered: `tally verify`. If only the result does, the program computes otherwise than {} "
      "did; a change of meaning must be a new version of the rules, which leaves old events alone.",
      "序号 {} 处的证书无法重现。若根哈希不同，则日志被改动：请运行 `tally verify`。"
      "若仅结果不同，则本程序的计算与 {} 不同；语义变更须作为新的规则版本，不得影响旧事件。",
      certified.index, printable(certified.code)));
  return Exit::check_failed;
}

}  // namespace cli
