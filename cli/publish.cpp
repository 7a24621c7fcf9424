#include "cli/publish.h"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include "cli/hex.h"
#include "cli/json_line.h"
#include "cli/ledger_access.h"
#include "cli/progress.h"
#include "ledger/mention_index.h"
#include "ledger/publish.h"

namespace cli {
namespace {

namespace fs = std::filesystem;

// Where a folder is or would be, whatever links and dots its name goes by.
fs::path place_of(const fs::path& folder) {
  std::error_code ignored;
  auto place = fs::weakly_canonical(fs::absolute(folder, ignored), ignored);
  return place.has_filename() ? place : place.parent_path();
}

bool lies_in(const fs::path& inner, const fs::path& outer) {
  return std::mismatch(outer.begin(), outer.end(), inner.begin(), inner.end()).first == outer.end();
}

// Whoever may fetch the folder must not be able to fetch the signing key with it.
ledger::Status check_apart(const fs::path& folder, const fs::path& data, Console& console) {
  const auto published = place_of(folder);
  const auto ledger = place_of(data);
  if (!lies_in(published, ledger) && !lies_in(ledger, published)) return ledger::Ok{};
  return ledger::Error{
      ledger::ErrorCode::conflict,
      console.text("{0} and the ledger's directory {1} lie in one another, so that a web server "
                   "over the one would give out the signing key in the other; publish to a "
                   "folder beside it",
                   "{0} 与账本目录 {1} 一个在另一个之内，网页服务器会连同其中的签名密钥一并"
                   "公开；请发布到账本之外的目录",
                   folder.string(), data.string())};
}

ledger::Result<Exit> run_publish(const Arguments& arguments, Console& console) {
  // Before the ledger: what it says of the log is in the log by then.
  auto mentions = TRY(ledger::mention_statement(arguments.data));
  const auto reader = TRY(open_reader(arguments, console));
  const auto folder = arguments.text("DIR").value_or("");
  TRY(check_apart(folder, arguments.data, console));
  Progress progress(console, console.text("publish", "发布"), reader.size().value);
  ledger::PublishOptions options;
  options.mentions = std::move(mentions);
  if (arguments.has("--hashes-only")) options.disclosure = ledger::Disclosure::hashes_only;
  options.progress = [&](std::uint64_t done) { progress.show(done, done); };
  const auto published = TRY(ledger::publish(reader, folder, options));
  const auto tail = reader.size().value - published.tree.size.value;
  if (arguments.json) {
    console.write(json_line([&](auto& object) {
      object.number("size", json_number(published.tree.size))
          .number("before", json_number(published.before))
          .number("files", static_cast<std::int64_t>(published.files))
          .number("unsigned_tail", static_cast<std::int64_t>(tail))
          .text("root", hex(published.tree.root));
    }));
    return Exit::done;
  }
  console.say("{}: {} entries, {} before; {} files written\nroot {}",
              "{}：{} 个条目，此前 {} 个；写入 {} 个文件\n根哈希 {}", folder,
              published.tree.size.value, published.before.value, published.files,
              hex(published.tree.root));
  if (tail != 0) {
    console.note("{} entries are not signed yet, and so not published; `tally checkpoint` signs",
                 "{} 个条目尚未签名，因此未发布；`tally checkpoint` 为其签名", tail);
  }
  return Exit::done;
}

}  // namespace

Command publish_command() {
  return {
      .name = "publish",
      .summary = {"Write or extend a static folder of the log", "写入或扩展日志的静态发布目录"},
      .details =
          {"Writes the newest signed state as C2SP tlog-tiles: put a web server over the folder "
           "and "
           "anyone can fetch, prove and verify with tools of their own. Writes only what is new "
           "since the last run, each file whole, and the checkpoint last, so it may be "
           "interrupted, "
           "and run beside a writer. Entries disclose dealers' business: --hashes-only leaves them "
           "out. A folder of another log, or of another past, is refused.",
           "将最新的已签名状态写成 C2SP tlog-tiles：在目录上架设网页服务器，任何人即可用自己的工具"
           "取用、证明与核验。只写入上次之后的新内容，每个文件整体就位，检查点最后写入，"
           "因此可随时中断，也可与写入方同时运行。条目会披露经销商业务：--hashes-only 不写条目。"
           "属于其他日志或其他历史的目录会被拒绝。"},
      .example = {"tally publish /srv/log", "tally verify --tiles /srv/log --vkey \"$KEY\""},
      .options =
          {{.name = "DIR",
            .value = "",
            .kind = ValueKind::text,
            .help = {"The folder to publish to", "发布目录"},
            .required = true},
           {"--hashes-only", "", ValueKind::flag, {"Leave the entries out", "不写条目，仅哈希"}}},
      .run = run_publish,
  };
}

}  // namespace cli
