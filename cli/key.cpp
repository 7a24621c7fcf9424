#include "cli/key.h"

#include "cli/author_key_file.h"
#include "cli/input_file.h"
#include "cli/json_line.h"
#include "cli/ledger_access.h"
#include "cli/new_file.h"
#include "ledger/author_key.h"
#include "ledger/catalogue.h"
#include "ledger/proof/base64.h"
#include "ledger/random_bytes.h"
#include "projections/proposed_event.h"

namespace cli {
namespace {

namespace proof = ledger::proof;
using projections::JsonObject;

constexpr std::string_view source = "tally/keys";

// An option without which an action has no meaning.
std::optional<Exit> want(std::string_view action, std::string_view option,
                         const Arguments& arguments, Console& console) {
  if (arguments.has(option)) return std::nullopt;
  console.error(console.text("key {0}: got no {1}, wanted one; `tally key --help` has an example.",
                             "key {0}：缺少 {1}；示例见 `tally key --help`。", action, option));
  return Exit::usage;
}

// The business date that the event is given.
ledger::Date day_of(const Arguments& arguments) {
  if (const auto given = arguments.date("--date")) return *given;
  return ledger::business_date(now_ns());
}

ledger::Result<Exit> make_key(const Arguments& arguments, Console& console) {
  if (const auto missing = want("new", "--name", arguments, console)) return *missing;
  auto seed = ledger::random_bytes<sizeof(proof::ed25519::Seed)>();
  const auto key =
      naming("--name", proof::SigningKey::of(arguments.text("--name").value_or(""), seed));
  proof::ed25519::wipe(seed);
  if (!key) return key.error();
  const auto file = arguments.text("KEY").value_or("");
  TRY(write_new_secret(file, key->text() + "\n", console));
  const auto verifier = key->verifier().text();
  if (arguments.json) {
    console.write(
        json_line([&](auto& object) { object.text("file", file).text("verifier_key", verifier); }));
    return Exit::done;
  }
  console.note(
      "{0} is a secret: whoever has it signs as {1}. This is its public half; `tally key enrol "
      "{0}` "
      "writes the event that brings it into a ledger:",
      "{0} 是机密：持有者即可以 {1} 的名义签名。下面是其公开部分；`tally key enrol {0}` "
      "输出将其登记入账本的事件：",
      file, key->verifier().name());
  console.write(verifier + "\n");
  return Exit::done;
}

std::string id_text(const proof::VerifierKey& key) {
  return ledger::key_subject(key.id()).substr(std::string_view("key/").size());
}

void print_event(std::string_view type, std::string_view verb, const proof::VerifierKey& key,
                 std::string data, const Arguments& arguments, Console& console) {
  projections::ProposedEvent event{};
  event.id = id_text(key) + "-" + std::string(verb);
  event.source = source;
  event.type = type;
  event.subject = ledger::key_subject(key.id());
  event.day = day_of(arguments);
  event.data = std::move(data);
  console.write(projections::outside_form(event) + "\n");
}

ledger::Result<Exit> enrol(const Arguments& arguments, Console& console) {
  if (const auto missing = want("enrol", "--role", arguments, console)) return *missing;
  const auto role = arguments.text("--role").value_or("");
  const auto roles = ledger::catalogue().roles().names();
  if (!ledger::catalogue().roles().find(role)) {
    console.error(console.text("--role: got {:?}, wanted one of {}.",
                               "--role：得到 {:?}，应为以下之一：{}。", role,
                               fmt::join(roles, ", ")));
    return Exit::usage;
  }
  const auto key = TRY(read_author_key(arguments.text("KEY").value_or(""), console));
  std::string data;
  JsonObject object(data);
  object.text("key", id_text(key))
      .text("public_key", proof::encode_base64(key.public_key()))
      .text("holder", key.name())
      .text("role", role);
  if (const auto dealer = arguments.text("--dealer")) object.text("dealer", *dealer);
  const auto from = arguments.date("--valid-from").value_or(day_of(arguments));
  object.text("valid_from", to_string(from)).close();
  print_event("key.enrolled", "enrolled", key, std::move(data), arguments, console);
  return Exit::done;
}

ledger::Result<Exit> revoke(const Arguments& arguments, Console& console) {
  if (const auto missing = want("revoke", "--reason", arguments, console)) return *missing;
  const auto key = TRY(read_author_key(arguments.text("KEY").value_or(""), console));
  std::string data;
  JsonObject object(data);
  object.text("key", id_text(key)).text("reason", arguments.text("--reason").value_or("")).close();
  print_event("key.revoked", "revoked", key, std::move(data), arguments, console);
  return Exit::done;
}

ledger::Result<Exit> run_key(const Arguments& arguments, Console& console) {
  const auto action = arguments.text("ACTION").value_or("");
  if (action == "new") return make_key(arguments, console);
  if (action == "enrol") return enrol(arguments, console);
  if (action == "revoke") return revoke(arguments, console);
  console.error(console.text("key: got {:?}, wanted new, enrol or revoke.",
                             "key：得到 {:?}，应为 new、enrol 或 revoke。", action));
  return Exit::usage;
}

}  // namespace

Command key_command() {
  return {
      .name = "key",
      .summary = {"Make an author's key; write its enrolment or revocation",
                  "新建提交者密钥；输出其登记或吊销事件"},
      .details =
          {"`new` makes an Ed25519 key named after its holder and writes it to a new file that "
           "only its owner may read. `enrol` and `revoke` print the event that brings the key "
           "into a ledger, or that ends it from there on in the log: an event like any other, to "
           "be reviewed, signed by somebody who may (tally sign) and imported. The secret never "
           "leaves its file; enrol and revoke take the public half as well.",
           "`new` 新建以持有人命名的 Ed25519 密钥，写入仅所有者可读的新文件。`enrol` 与 `revoke` "
           "输出将密钥登记入账本或自其在日志中的位置起吊销的事件：与其他事件一样须经审阅、"
           "由有权者签名（tally sign）后导入。机密不离开其文件；enrol 与 revoke 亦接受公开部分。"},
      .example = {"tally key new zhang.key --name zhang.san",
                  "tally key enrol zhang.key --role dealer --dealer D001 | tally import -",
                  "tally key revoke zhang.san+0123abcd+AQ... --reason \"left the dealer\" "
                  "| tally import -"},
      .options = {{.name = "ACTION",
                   .value = "",
                   .kind = ValueKind::text,
                   .help = {"new, enrol or revoke", "new、enrol 或 revoke"},
                   .required = true},
                  {.name = "KEY",
                   .value = "",
                   .kind = ValueKind::text,
                   .help = {"The file of the key; for enrol and revoke also its public half",
                            "密钥文件；enrol 与 revoke 亦可为其公开部分"},
                   .required = true},
                  {"--name",
                   "HOLDER",
                   ValueKind::text,
                   {"new: whose key it is: no spaces, no +", "new：持有人，不含空格与 +"}},
                  {"--role",
                   "ROLE",
                   ValueKind::text,
                   {"enrol: as what its holder signs, e.g. dealer, fleet_dept",
                    "enrol：持有人以何角色签名，如 dealer、fleet_dept"}},
                  {"--dealer",
                   "DEALER",
                   ValueKind::text,
                   {"enrol: the only dealer it may sign for", "enrol：仅可为该经销商签名"}},
                  {"--valid-from",
                   "DATE",
                   ValueKind::date,
                   {"enrol: the first business date it may sign for (that of the event)",
                    "enrol：可签名的首个业务日期（默认为事件日期）"}},
                  {"--reason", "TEXT", ValueKind::text, {"revoke: why", "revoke：原因"}},
                  {"--date",
                   "DATE",
                   ValueKind::date,
                   {"The business date of the event (today)", "事件的业务日期（默认今日）"}}},
      .run = run_key,
  };
}

}  // namespace cli
