#include "cli/erase.h"

#include "cli/json_line.h"
#include "cli/ledger_access.h"
#include "cli/table.h"
#include "cli/vault_access.h"
#include "cli/witness_consent.h"
#include "ledger/erasure.h"
#include "ledger/sealed_persons.h"

namespace cli {
namespace {

using ledger::SealedPerson;

// What became of a person: the log and the vault may differ, after a crash or with an old copy.
std::string_view state_of(const SealedPerson& person, bool asked) {
  const bool live = person.key == ledger::Person::State::live;
  if (!asked) return person.erased ? "erased" : "sealed";
  if (person.erased) return live ? "key_is_back" : "erased";
  if (live) return "sealed";
  return person.key == ledger::Person::State::erased ? "not_recorded" : "key_is_lost";
}

std::string shown(std::string_view state, Console& console) {
  if (state == "sealed") return console.text("sealed", "已密封");
  if (state == "erased") return console.text("erased", "已删除");
  if (state == "key_is_back") {
    return console.text("erased, but an old vault brought the key back: erase again",
                        "已删除，但旧的保险库带回了密钥：请再次删除");
  }
  if (state == "not_recorded") {
    return console.text("key destroyed, not recorded yet: erase again",
                        "密钥已销毁，尚未记录：请再次删除");
  }
  return console.text("the vault has no key: put its newest copy in its place",
                      "保险库中没有密钥：请换上最新的副本");
}

// Which persons the arguments ask for: the beginning of their ids.
std::string beginning_of(const Arguments& arguments) {
  if (const auto customer = arguments.text("--customer")) return "customer/" + *customer;
  if (const auto dealer = arguments.text("--dealer")) return "manager/" + *dealer + "/";
  if (const auto vin = arguments.text("--vin")) return "owner/" + *vin + "/";
  return "";
}

ledger::Result<Exit> list(const Arguments& arguments, Console& console) {
  const auto reader = TRY(open_reader(arguments, console));
  std::unique_ptr<ledger::Vault> vault;
  if (reader.is_sealed()) {
    if (const auto key = TRY(vault_key())) vault = TRY(reader.vault(key));
  }
  auto persons = TRY(ledger::sealed_persons(reader, vault.get(), beginning_of(arguments)));
  if (const auto customer = arguments.text("--customer")) {
    std::erase_if(persons, [&](const auto& one) { return one.first != "customer/" + *customer; });
  }
  Table table;
  table.add_column(console.text("person", "个人"), Table::Align::left);
  table.add_column(console.text("values", "字段数"), Table::Align::right);
  table.add_column(console.text("first entry", "首个条目"), Table::Align::right);
  table.add_column(console.text("last entry", "末个条目"), Table::Align::right);
  table.add_column(console.text("state", "状态"), Table::Align::left);
  for (const auto& one : persons) {
    const auto& id = one.first;
    const auto& person = one.second;
    const auto state = state_of(person, vault != nullptr);
    if (arguments.json) {
      console.write(json_line([&](auto& object) {
        object.text("person", id)
            .number("fields", person.fields)
            .number("first", static_cast<std::int64_t>(person.first.value))
            .number("last", static_cast<std::int64_t>(person.last.value))
            .text("state", state);
      }));
    } else {
      table.add_row({id, std::to_string(person.fields), std::to_string(person.first.value),
                     std::to_string(person.last.value), shown(state, console)});
    }
  }
  if (arguments.json) return Exit::done;
  if (!table.empty()) {
    console.write(table.print());
  } else if (reader.is_sealed()) {
    console.note("no such person is in this ledger", "本账本中没有这样的个人");
  } else {
    console.note("this ledger keeps personal values in the open", "本账本的个人数据未密封");
  }
  return Exit::done;
}

ledger::Result<Exit> erase(const Arguments& arguments, Console& console) {
  const auto log = TRY(open_log(arguments, console));
  const ledger::ErasureRequest request{.persons = arguments.all("PERSON"),
                                       .reason = arguments.text("--reason").value_or(""),
                                       .actor = arguments.text("--actor").value_or(""),
                                       .time_ns = now_ns()};
  const auto erasures = TRY(ledger::erase(*log, request));
  TRY(log->sign_checkpoint());
  for (const auto& erasure : erasures) {
    if (arguments.json) {
      console.write(json_line([&](auto& object) {
        object.text("person", erasure.person)
            .number("fields", erasure.fields)
            .number("index", static_cast<std::int64_t>(erasure.index.value))
            .truth("repeated", erasure.repeated);
      }));
    } else if (erasure.repeated) {
      console.say("{}: erased already, recorded at entry {}", "{}：此前已删除，记录于条目 {}",
                  erasure.person, erasure.index.value);
    } else {
      console.say("{}: {} value(s) erased, recorded at entry {}",
                  "{}：{} 个字段已删除，记录于条目 {}", erasure.person, erasure.fields,
                  erasure.index.value);
    }
  }
  console.note(
      "Copies of the vault from before still hold these keys: make a new copy and destroy the old "
      "ones.",
      "此前的保险库副本仍含有这些密钥：请另作新副本，并销毁旧副本。");
  return Exit::done;
}

ledger::Result<Exit> run_erase(const Arguments& arguments, Console& console) {
  const bool lists = arguments.has("--list");
  const auto persons = arguments.all("PERSON");
  const bool narrows =
      arguments.has("--customer") || arguments.has("--dealer") || arguments.has("--vin");
  if (lists == !persons.empty() || (narrows && !lists)) {
    console.error(console.text(
        "PERSON: got {} of them{}, wanted either the ids of persons to erase with --reason, or "
        "--list, with --customer, --dealer or --vin if you like.",
        "PERSON：得到 {} 个{}，应为要删除的个人编号及 --reason，或 --list（可加 "
        "--customer、--dealer 或 --vin）。",
        persons.size(), lists ? console.text(" and --list", "与 --list") : ""));
    return Exit::usage;
  }
  if (lists) return list(arguments, console);
  if (!arguments.has("--reason")) {
    console.error(console.text(
        "--reason: got nothing, wanted why these persons are erased; it stays in the log for ever, "
        "so name nobody in it.",
        "--reason：未给出，应说明为何删除；它会永远留在日志中，请勿写入姓名。"));
    return Exit::usage;
  }
  return erase(arguments, console);
}

}  // namespace

Command erase_command() {
  return {
      .name = "erase",
      .summary = {"Erase a person, and nothing else", "删除某一个人的数据，其余不变"},
      .details =
          {"In a ledger made with init --vault, what names a natural person is stored sealed under "
           "a key of that person. Erasing destroys the key for ever, rewrites the vault under a "
           "new "
           "key-encryption key, and appends person.erased. The log, its proofs and every amount "
           "stay as they are; nobody can show the values again. --list finds the persons. Needs "
           "the vault's key, in the file that TALLY_VAULT_KEY_FILE names or in TALLY_VAULT_KEY.",
           "在用 init --vault 建立的账本中，涉及自然人的内容以该人的密钥密封存储。"
           "删除即永久销毁该密钥，以新的密钥加密密钥重写保险库，并追加 person.erased。"
           "日志、其证明与所有金额都不变，而这些内容再也无法显示。--list 用于查找个人。"
           "需要保险库的密钥：置于 TALLY_VAULT_KEY_FILE 所指的文件或 TALLY_VAULT_KEY 中。"},
      .example = {"tally erase --list --vin LSVAA000000000042",
                  "tally erase owner/LSVAA000000000042/17 --reason 'request of 2026-11-24'"},
      .options =
          {{.name = "PERSON",
            .value = "PERSON",
            .kind = ValueKind::text,
            .help = {"Whom to erase, as --list shows them", "要删除的个人，见 --list"},
            .repeated = true},
           {"--reason",
            "TEXT",
            ValueKind::text,
            {"Why; it stays in the log", "原因，会留在日志中"}},
           {"--actor", "NAME", ValueKind::text, {"Who does it, for the log", "操作者，记入日志"}},
           {"--list",
            "",
            ValueKind::flag,
            {"Show the persons of whom the ledger holds sealed values",
             "列出账本中有密封内容的个人"}},
           {"--customer", "CUSTOMER", ValueKind::text, {"List this customer only", "仅列出该客户"}},
           {"--dealer",
            "DEALER",
            ValueKind::text,
            {"List this dealer's managers only", "仅列出该经销商的大客户经理"}},
           {"--vin",
            "VIN",
            ValueKind::text,
            {"List this vehicle's owners only", "仅列出该车辆的车主"}},
           without_witnesses_option()},
      .run = run_erase,
  };
}

}  // namespace cli
