#include "cli/witness_consent.h"

#include <future>
#include <span>

#include "cli/hex.h"
#include "cli/http/client.h"
#include "cli/input_file.h"
#include "cli/json_line.h"
#include "cli/ledger_access.h"
#include "cli/printable.h"
#include "cli/trust.h"
#include "ledger/durable_file.h"
#include "ledger/log_proof.h"
#include "ledger/open_ledger.h"
#include "ledger/proof/note.h"
#include "ledger/proof/witness_policy.h"
#include "ledger/witnessed_log.h"

namespace cli {
namespace {

namespace proof = ledger::proof;
using Witness = proof::WitnessPolicy::Witness;

// The newest note about the log that the witness gives out; checked by nobody yet.
ledger::Result<std::string> fetch_note(const Witness& witness, const std::string& origin) {
  const auto unheard = [](ledger::Message reason) {
    return ledger::Error{ledger::ErrorCode::unavailable, std::move(reason)};
  };
  if (!witness.url) return unheard({"it has no address", "没有地址"});
  const auto address = TRY(http::parse_web_address(*witness.url));
  auto answer =
      TRY(http::send(address, {"GET", "/" + ledger::file_name_of(origin) + "/checkpoint"}));
  if (answer.status == 200) return std::move(answer.body);
  const auto line = std::string_view(answer.body).substr(0, answer.body.find('\n'));
  return unheard(ledger::worded("{} answers with status {}: {}", "{} 应答状态 {}：{}",
                                address.text(), answer.status, printable(line)));
}

// Holds the ledger against what a witness signed. An answer that the witness did not sign says
// nothing: `unavailable`.
ledger::Status hold_against(const ledger::Reader& view, const Witness& witness,
                            const std::string& text, const Console& console) {
  const auto own = TRY(proof::VerifierKey::parse(view.verifier_key()));
  const auto cosigned = proof::open_note(text, std::span(&witness.key, 1));
  const auto ours = proof::open_checkpoint(text, own, view.origin());
  if (!cosigned || !ours) {
    return ledger::Error{ledger::ErrorCode::unavailable,
                         cosigned ? ours.error().message : cosigned.error().message};
  }
  const auto size = ours->tree.size;
  if (size <= view.size() && TRY(view.at(size).root()) == ours->tree.root) return ledger::Ok{};
  const auto seconds = proof::cosigned_at(cosigned->signatures.front()).value_or(0);
  const auto time = utc_text(seconds);
  return ledger::Error{
      ledger::ErrorCode::corrupt,
      size > view.size()
          ? console.text("the witness {} signed on {} that this ledger had {} entries; it has {}. "
                         "Entries that others saw are gone: is this an old backup? Nothing was "
                         "written. Restore the newest backup, or find the ledger that went on, and "
                         "keep this directory as evidence.",
                         "见证方 {} 于 {} 签署本账本有 {} 个条目；现仅有 {} 个。他人见过的条目已经"
                         "消失：这是旧备份吗？未写入任何内容。请恢复最新备份或找回继续记录的账本，"
                         "并保留此目录作为证据。",
                         printable(witness.key.name()), time, size.value, view.size().value)
          : console.text("the witness {} signed on {} another history of this ledger's first {} "
                         "entries (it has {}). Nothing was written. Keep this directory as "
                         "evidence, and find the ledger that the witness saw.",
                         "见证方 {} 于 {} 签署了本账本前 {} 个条目的另一份历史（现有 {} 个）。"
                         "未写入任何内容。请保留此目录作为证据，并找回见证方所见的账本。",
                         printable(witness.key.name()), time, size.value, view.size().value)};
}

// What a quorum of witnesses has to say, and why some said nothing.
struct Hearing {
  std::vector<bool> heard;
  std::vector<ledger::Message> silence;
};

std::string lines_of(const Hearing& hearing, const Console& console) {
  std::string lines;
  for (const auto& reason : hearing.silence) lines += "\n  " + console.in(reason);
  return lines;
}

ledger::Result<Hearing> hear(const proof::WitnessPolicy& policy, const ledger::Reader& view,
                             const Console& console) {
  std::vector<std::future<ledger::Result<std::string>>> asked;
  for (const auto& witness : policy.witnesses()) {
    asked.push_back(
        std::async(std::launch::async, [&] { return fetch_note(witness, view.origin()); }));
  }
  Hearing hearing;
  for (std::size_t i = 0; i < asked.size(); ++i) {
    const auto& witness = policy.witnesses()[i];
    const auto note = asked[i].get();
    const auto said =
        note ? hold_against(view, witness, *note, console) : ledger::Status(note.error());
    hearing.heard.push_back(bool(said));
    if (said) continue;
    if (said.error().code == ledger::ErrorCode::corrupt) return said.error();
    hearing.silence.push_back(
        ledger::worded("{}: {}", "{}：{}", printable(witness.name), said.error().message));
  }
  return hearing;
}

ledger::Status record_silence(const Arguments& arguments, const ledger::Reader& view,
                              const Hearing& hearing) {
  const auto root = TRY(view.root());
  auto line = json_line([&](auto& object) {
    object.text("time", ledger::to_string_utc(now_ns()))
        .number("size", json_number(view.size()))
        .text("root", hex(root))
        .array("silent", hearing.silence, [](const ledger::Message& reason, std::string& out) {
          projections::append_quoted(reason.en, out);
        });
  });
  line.pop_back();
  return ledger::append_line(ledger::LedgerPaths(arguments.data).unwitnessed, line);
}

}  // namespace

Option without_witnesses_option() {
  return {.name = "--without-witnesses",
          .value = "",
          .kind = ValueKind::flag,
          .help = {"Write though too few of the ledger's witnesses answer; that is recorded",
                   "即使账本的见证方应答不足也写入；此事将被记录"}};
}

ledger::Status ask_before_writing(const Arguments& arguments, Console& console) {
  const auto config = ledger::read_config(ledger::LedgerPaths(arguments.data).config);
  // Whatever is wrong with the ledger, opening it says so.
  if (!config || config->witness_policy.empty()) return ledger::Ok{};
  const auto policy = TRY(proof::WitnessPolicy::parse(config->witness_policy));
  const auto view = TRY(open_reader(arguments, console));
  const auto hearing = TRY(hear(policy, view, console));
  if (policy.is_met_by(hearing.heard)) return ledger::Ok{};
  if (arguments.has("--without-witnesses")) {
    TRY(record_silence(arguments, view, hearing));
    console.note("too few witnesses answer; going on without them, which is recorded in {}:{}",
                 "应答的见证方不足；在没有它们的情况下继续，已记入 {}：{}",
                 ledger::LedgerPaths(arguments.data).unwitnessed.string(),
                 lines_of(hearing, console));
    return ledger::Ok{};
  }
  return ledger::Error{
      ledger::ErrorCode::unavailable,
      console.text("too few of this ledger's witnesses say what they signed last, so nothing was "
                   "written:{}\n  Try again when they can be reached. --without-witnesses goes on, "
                   "and records that it did.",
                   "本账本应答其最近所签内容的见证方不足，因此未写入任何内容：{}\n  "
                   "请在可以连通后重试。--without-witnesses 可继续，并会记录此事。",
                   lines_of(hearing, console))};
}

ledger::Status ask_about_restored(const std::filesystem::path& folder, Console& console) {
  const auto config = TRY(ledger::read_config(ledger::LedgerPaths(folder).config));
  if (config.witness_policy.empty()) return ledger::Ok{};
  const auto policy = TRY(proof::WitnessPolicy::parse(config.witness_policy));
  const auto view = TRY(ledger::Reader::open(folder));
  const auto heard = hear(policy, view, console);
  if (!heard && heard.error().code == ledger::ErrorCode::corrupt) {
    return ledger::Error{
        ledger::ErrorCode::corrupt,
        console.text(
            "{}\n  --without-witnesses restores it all the same, to be read: it will not be "
            "written.",
            "{}\n  --without-witnesses 仍可恢复，仅供读取：不会被写入。",
            console.in(heard.error().message))};
  }
  if (!heard) return heard.error();
  const auto& hearing = *heard;
  if (policy.is_met_by(hearing.heard)) return ledger::Ok{};
  console.note(
      "too few of its witnesses say whether they signed more; they are asked again before "
      "it is written:{}",
      "应答是否签署过更多内容的见证方不足；写入前将再次询问：{}", lines_of(hearing, console));
  return ledger::Ok{};
}

}  // namespace cli
