#include "cli/demo.h"

#include <cstdlib>
#include <system_error>

#include "cli/demo/files.h"
#include "cli/demo/story.h"
#include "cli/demo/tamper.h"
#include "cli/json_line.h"
#include "cli/yuan.h"

namespace cli {
namespace {

using demo::Story;

// A folder of its own under the system's temporary one. It stays, so that the reader can
// go on where the story ends.
ledger::Result<std::filesystem::path> new_folder(Console& console) {
  // Not `temp_directory_path`, which throws when TMPDIR names nothing.
  // NOLINTNEXTLINE(concurrency-mt-unsafe): read before any thread starts.
  const char* const given = std::getenv("TMPDIR");
  const std::filesystem::path parent(given == nullptr || *given == '\0' ? "/tmp" : given);
  auto name = (parent / "tally-demo-XXXXXX").string();
  if (::mkdtemp(name.data()) != nullptr) return std::filesystem::path(name);
  return ledger::Error{ledger::ErrorCode::unavailable,
                       console.text("{}: no folder can be made there; TMPDIR names another place.",
                                    "{}：无法在该处新建文件夹；可用 TMPDIR 指定其他位置。", name)};
}

// The event that publishes a policy: the pack's exact bytes travel inside it.
std::string policy_event(std::string_view policy, std::string_view document) {
  std::string data;
  projections::JsonObject(data)
      .text("policy", policy)
      .number("version", 1)
      .text("document", document)
      .close();
  return json_line([&](auto& object) {
    object.text("specversion", "1.0")
        .text("id", "oms-0000")
        .text("source", "hq/oms")
        .text("type", "policy.published")
        .text("subject", "policy/" + std::string(policy))
        .text("time", "2017-01-02T08:30:00+08:00")
        .text("recordedtime", "2017-01-02T08:31:00+08:00")
        .text("role", "fleet_dept")
        .raw("data", data);
  });
}

ledger::Status rules_and_projects(Story& story) {
  story.tell({"An empty ledger, and the rules", "空账本与规则"},
             {"The first entry is the policy pack itself, byte for byte: what governs the money is "
              "part of\n"
              "the record. Then a dealer, a customer, and a filing that HQ confirms.",
              "第一条就是政策包本身，逐字节存入：管钱的规则也是记录的一部分。随后是经销商、客户，\n"
              "以及总部确认的报备。"});
  TRY(story.run({"init", "--origin", "ledger.example/demo"}));
  TRY(story.write("policy.jsonl",
                  policy_event("nev-fleet-2017", demo::file("nev-fleet-2017.toml"))));
  TRY(story.run({"import", "policy.jsonl"}));
  TRY(story.write("filing.jsonl", demo::file("filing.jsonl")));
  TRY(story.run({"import", "filing.jsonl"}));

  story.tell(
      {"Three projects", "三个项目"},
      {"The customer buys 8, 6 and 5 cars. Each order is approved, delivered, registered, "
       "subsidised\n"
       "and settled before the next one. The more a customer has bought, the higher the rate.",
       "客户先后购车 8、6、5 "
       "台。每单均在下一单之前批准、交付、上牌、申请补贴并结算。\n客户累计越多，单价越高。"});
  TRY(story.write("projects.jsonl", demo::file("projects.jsonl")));
  TRY(story.run({"import", "projects.jsonl"}));
  TRY(story.run({"log", "--subject", "order/O1"}));
  TRY(story.run({"entitlements"}));

  story.tell({"The credit is spent", "抵扣额度用尽"},
             {"The dealer sets the 48,000 yuan off against invoices.",
              "经销商用 48,000 元抵扣了购车发票。"});
  TRY(story.write("setoffs.jsonl", demo::file("setoffs.jsonl")));
  TRY(story.run({"import", "setoffs.jsonl"}));
  return ledger::Ok{};
}

ledger::Status finding_and_clawback(Story& story) {
  story.tell({"Five cars were never delivered", "五台车从未真实交付"},
             {"An inspection confirms that five of the eight cars of O1 are false. O1 falls as a "
              "whole; and\n"
              "since O3's rate rested on what came before it, O3 falls a tier: the cascade.",
              "检查确认 O1 的八台中有五台虚假。O1 整单作废；O3 "
              "的单价以此前累计为基数，随之降档：此即连带追回。"});
  TRY(story.write("finding.jsonl", demo::file("finding.jsonl")));
  TRY(story.run({"import", "finding.jsonl"}));
  TRY(story.run({"clawbacks"}));

  story.tell({"Why? To the clause and the event", "为什么？追溯到条款与事件"},
             {"Every amount explains itself: each factor with the clause that asks for it and the "
              "entry it\n"
              "comes from.",
              "每个金额都能自证：每个因子附其条款与所依据的条目。"});
  TRY(story.run({"explain", "O3/standard"}));
  TRY(story.run({"explain", "O1/standard"}));

  story.tell(
      {"The claim, and what the dealer owes", "追回与经销商所欠"},
      {"HQ issues the claims. Nothing already set off is unwound: the claim becomes a receivable.",
       "总部开出追回。已抵扣的不再倒回：追回转为应收。"});
  TRY(story.write("claims.jsonl", demo::file("claims.jsonl")));
  TRY(story.run({"import", "claims.jsonl"}));
  TRY(story.run({"balances"}));
  return ledger::Ok{};
}

ledger::Status tamper_and_detect(Story& story, Console& console) {
  story.tell(
      {"The record verifies", "账本可核验"},
      {"verify recomputes every hash from the stored bytes and compares with the signed root.",
       "verify 由存储字节重算全部哈希，并与已签名的根比较。"});
  TRY(story.run({"verify"}));

  story.tell(
      {"One byte", "一个字节"},
      {"Somebody with full access to a copy of the database makes a settlement larger: one byte,\n"
       "the database's own checksums in order.",
       "有人对数据库副本拥有全部权限，把一笔结算改大：只改一个字节，数据库自身的校验和全部正确。"});
  std::error_code failed;
  std::filesystem::copy(story.folder() / "ledger", story.folder() / "altered",
                        std::filesystem::copy_options::recursive, failed);
  if (failed) {
    return ledger::Error{
        ledger::ErrorCode::unavailable,
        console.text("{}: the ledger cannot be copied: {}.", "{}：账本无法复制：{}。",
                     story.folder().string(), failed.message())};
  }
  story.show("cp -r ledger altered");
  const auto forgery = TRY(demo::forge_settlement(story.folder() / "altered", "O1"));
  console.say("entry {}, byte {}: {:02x} becomes {:02x}, {} yuan become {}",
              "条目 {}，字节 {}：{:02x} 变为 {:02x}，{} 元变成 {} 元", forgery.index.value,
              forgery.offset, forgery.before, forgery.after, yuan(forgery.fen_before),
              yuan(forgery.fen_after));
  TRY(story.run({"verify", "--data", "altered"}, Exit::check_failed));

  story.tell({"Which field?", "哪个字段？"},
             {"Two copies differ. The signatures decide which of them was altered, field by field.",
              "两份副本不同。由签名判定哪一份被改，并逐字段指出。"});
  TRY(story.run({"verify", "--data", "altered", "--against", "ledger"}, Exit::check_failed));
  return ledger::Ok{};
}

ledger::Result<Exit> run_demo(const Arguments& arguments, Console& console) {
  (void)arguments;
  const auto folder = TRY(new_folder(console));
  std::error_code failed;
  std::filesystem::current_path(folder, failed);
  if (failed) {
    return ledger::Error{ledger::ErrorCode::unavailable,
                         fmt::format("{}: {}", folder.string(), failed.message())};
  }
  // The commands below are real ones: they find the ledger as a shell's would.
  // NOLINTNEXTLINE(concurrency-mt-unsafe): no other thread runs yet.
  ::setenv("TALLY_DATA", "ledger", 1);
  Story story(console, folder);
  console.say("A story in commands. Every one is real and can be typed again in this folder:",
              "一个由命令讲述的故事。每条都是真实命令，可在此文件夹中再次执行：");
  story.show("cd " + folder.string());
  story.show("export TALLY_DATA=ledger");
  TRY(rules_and_projects(story));
  TRY(finding_and_clawback(story));
  TRY(tamper_and_detect(story, console));
  console.say(
      "\nThe ledger stays in {0}/ledger, the altered copy in {0}/altered. Go on there, or remove "
      "{0}.",
      "\n账本保留在 {0}/ledger，被改的副本在 {0}/altered。可继续使用，或删除 {0}。",
      folder.string());
  return Exit::done;
}

}  // namespace

Command demo_command() {
  return {
      .name = "demo",
      .summary = {"Walk through the whole story on a small ledger", "用一个小账本讲述完整故事"},
      .details =
          {"Makes a ledger in a temporary folder and tells the story with real commands: file, "
           "deliver, settle, find, claw back, explain, verify, alter, detect. The folder stays; "
           "its path is printed.",
           "在临时文件夹中新建账本，用真实命令讲述：报备、交付、结算、认定、追回、说明、核验、篡改"
           "、发现。"
           "文件夹保留，其路径会显示。"},
      .example = {"tally demo", "tally demo --lang zh"},
      .options = {},
      .run = run_demo,
  };
}

}  // namespace cli
