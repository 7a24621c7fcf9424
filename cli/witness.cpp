#include "cli/witness.h"

#include <mutex>

#include "cli/hex.h"
#include "cli/http/server.h"
#include "cli/input_file.h"
#include "cli/json_line.h"
#include "cli/ledger_access.h"
#include "cli/printable.h"
#include "cli/witness_routes.h"
#include "ledger/witness.h"

namespace cli {
namespace {

constexpr unsigned serving_threads = 4;  // they wait for the disk more than they compute
constexpr std::string_view listen_default = "127.0.0.1:7350";

// Options that only one of the actions takes, and whether it must have it.
struct Belonging {
  std::string_view option;
  std::string_view action;
  bool required;
};

constexpr Belonging belongings[] = {{"--name", "init", true},
                                    {"--vkey", "trust", true},
                                    {"--origin", "trust", false},
                                    {"--listen", "serve", false}};

ledger::Result<Exit> run_init(const Arguments& arguments, Console& console) {
  const auto name = arguments.text("--name").value_or("");
  const auto key = TRY(ledger::Witness::create(arguments.data, name));
  if (arguments.json) {
    console.write(json_line([&](auto& object) {
      object.text("data", arguments.data.string()).text("name", name).text("verifier_key", key);
    }));
    return Exit::done;
  }
  console.note(
      "A witness is in {}; it watches no log yet. Whoever holds this verifier key can check its "
      "cosignatures:",
      "见证方已建立于 {}，尚未监看任何日志。持有下面的验证公钥者即可核对其联署：",
      arguments.data.string());
  console.write(key + "\n");
  return Exit::done;
}

ledger::Result<Exit> run_trust(const Arguments& arguments, Console& console) {
  const auto key = TRY(
      naming("--vkey", ledger::proof::VerifierKey::parse(arguments.text("--vkey").value_or(""))));
  const auto origin = arguments.text("--origin").value_or(key.name());
  const auto witness = TRY(ledger::Witness::open(arguments.data));
  TRY(naming("--vkey", witness->trust(key, origin)));
  if (arguments.json) {
    console.write(json_line(
        [&](auto& object) { object.text("origin", origin).text("verifier_key", key.text()); }));
  } else {
    console.say("{} watches {}", "{} 开始监看 {}", printable(witness->key().name()),
                printable(origin));
  }
  return Exit::done;
}

ledger::Result<Exit> run_list(const Arguments& arguments, Console& console) {
  const auto witness = TRY(ledger::Witness::open(arguments.data));
  if (!arguments.json) console.say("{}", "{}", printable(witness->key().text()));
  for (const auto& log : witness->logs()) {
    if (arguments.json) {
      console.write(json_line([&](auto& object) {
        object.text("origin", log.origin)
            .number("size", json_number(log.tree.size))
            .text("root", hex(log.tree.root));
      }));
    } else {
      console.say("{}: size {}, root {}", "{}：规模 {}，根哈希 {}", printable(log.origin),
                  log.tree.size.value, hex(log.tree.root));
    }
  }
  return Exit::done;
}

std::uint64_t seconds_now() {
  return static_cast<std::uint64_t>(now_ns() / 1'000'000'000);
}

// Says what was asked and how it was answered, a line each.
class Journal {
 public:
  explicit Journal(Console& console) : console_(console) {}

  void add(const http::Request& request, const http::Answer& answer) {
    const std::lock_guard lock(mutex_);
    const auto& body = answer.body;
    const auto reason = answer.status == 200 ? "" : ": " + body.substr(0, body.find('\n'));
    console_.write_aside(fmt::format("{} {} {}{}\n", request.method, printable(request.target),
                                     answer.status, printable(reason)));
  }

 private:
  Console& console_;
  std::mutex mutex_;
};

ledger::Result<Exit> run_serve(const Arguments& arguments, Console& console) {
  const auto address = TRY(
      naming("--listen", http::parse_listen_address(
                             arguments.text("--listen").value_or(std::string(listen_default)))));
  const auto witness = TRY(ledger::Witness::open(arguments.data));
  Journal journal(console);
  const auto handle = [&](const http::Request& request) {
    auto answered = answer(request, *witness, seconds_now());
    journal.add(request, answered);
    return answered;
  };
  const auto server = TRY(naming("--listen", http::Server::listen(address, handle)));
  server->stop_on_signals();
  if (arguments.json) {
    console.write(json_line([&](auto& object) {
      object.text("url", server->url())
          .text("verifier_key", witness->key().text())
          .number("logs", static_cast<std::int64_t>(witness->logs().size()));
    }));
  } else {
    console.say("{} listens on {} for {} logs; Ctrl-C or SIGTERM ends it",
                "{} 正在 {} 监听，监看 {} 个日志；Ctrl-C 或 SIGTERM 结束",
                printable(witness->key().name()), server->url(), witness->logs().size());
  }
  TRY(console.flush());
  server->run(serving_threads);
  console.note("stopped; everything that was signed is on disk", "已停止；所有已签内容均已落盘");
  return Exit::done;
}

// Whether an option is where it does not belong, or wanting; says so.
bool is_misused(const Arguments& arguments, std::string_view action, Console& console) {
  for (const auto& [option, owner, required] : belongings) {
    const bool given = arguments.has(option);
    if (given == (owner == action) || (!given && !required)) continue;
    console.error(given ? console.text("{0} goes with `tally witness {1}`. `tally witness --help` "
                                       "shows how to call it.",
                                       "{0} 须配合 `tally witness {1}`。`tally witness --help` "
                                       "列出其用法。",
                                       option, owner)
                        : console.text("`tally witness {1}` wants {0}. `tally witness --help` "
                                       "shows how to call it.",
                                       "`tally witness {1}` 须给出 {0}。`tally witness --help` "
                                       "列出其用法。",
                                       option, owner));
    return true;
  }
  return false;
}

ledger::Result<Exit> run_witness(const Arguments& arguments, Console& console) {
  const auto action = arguments.text("ACTION").value_or("serve");
  if (is_misused(arguments, action, console)) return Exit::usage;
  if (action == "init") return run_init(arguments, console);
  if (action == "trust") return run_trust(arguments, console);
  if (action == "list") return run_list(arguments, console);
  if (action == "serve") return run_serve(arguments, console);
  console.error(
      console.text("got {}, wanted init, trust, list or serve. `tally witness --help` "
                   "shows how to call it.",
                   "得到 {}，应为 init、trust、list 或 serve。`tally witness --help` "
                   "列出其用法。",
                   printable(action)));
  return Exit::usage;
}

}  // namespace

Command witness_command() {
  return {
      .name = "witness",
      .summary = {"Watch the logs of others, and cosign that they only grow",
                  "监看他人的日志，并联署其只增未改"},
      .details =
          {"Runs a witness (C2SP tlog-witness over HTTP): it signs a checkpoint of a log that it "
           "trusts only after seeing proof that the log continues what it signed before, and puts "
           "that on disk before it answers, so it never signs two histories. `init` makes one in a "
           "directory of its own (--data), with a key of its own; `trust` has it watch a log, "
           "`list` shows what it signed last. Run it where the ledger's operator cannot touch it. "
           "It speaks plain HTTP; for TLS put a proxy before it.",
           "运行见证方（经 HTTP 的 C2SP tlog-witness）：仅在看到日志延续其先前所签内容的证明之后，"
           "才为所信任日志的检查点联署，并先落盘再应答，因此绝不会签署两份历史。`init` 在独立目录"
           "（--data）中以独立密钥建立见证方；`trust` 令其监看一个日志；`list` 显示其最近所签。"
           "请在账本运营者无法触及之处运行。只支持明文 HTTP；需要 TLS 时在其前置代理。"},
      .example = {"tally witness init --data watcher --name witness.example/audit",
                  "tally witness trust --data watcher --vkey \"$KEY\"",
                  "tally witness --data watcher --listen 127.0.0.1:7350"},
      .options = {{"ACTION",
                   "",
                   ValueKind::text,
                   {"init, trust, list or serve (serve)", "init、trust、list 或 serve（默认）"}},
                  {"--name",
                   "NAME",
                   ValueKind::text,
                   {"With init: the name under which it cosigns", "配合 init：联署所用的名称"}},
                  {"--vkey",
                   "KEY",
                   ValueKind::text,
                   {"With trust: a verifier key of the log", "配合 trust：日志的验证公钥"}},
                  {"--origin",
                   "NAME",
                   ValueKind::text,
                   {"With trust: the log's name (default that of its key)",
                    "配合 trust：日志名称（默认取公钥名称）"}},
                  {"--listen",
                   "ADDR",
                   ValueKind::text,
                   {"Where to wait for requests, IP:PORT; port 0 is any (127.0.0.1:7350)",
                    "监听地址 IP:端口；端口 0 为任意（默认 127.0.0.1:7350）"}}},
      .run = run_witness,
  };
}

}  // namespace cli
