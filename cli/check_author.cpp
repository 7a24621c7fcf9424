#include "cli/check_author.h"

#include <cstring>
#include <vector>

#include "cli/author_key_file.h"
#include "cli/event_line.h"
#include "cli/input_file.h"
#include "cli/json_line.h"
#include "cli/printable.h"
#include "ledger/author_signature.h"
#include "ledger/codec.h"
#include "ledger/sealed_scan.h"
#include "ledger/shown_event.h"

namespace cli {
namespace {

// One event in memory of its own, aligned as entries are.
struct OwnEntry {
  std::vector<std::uint64_t> words;
  std::size_t byte_count = 0;

  ledger::Bytes bytes() const {
    return {reinterpret_cast<const std::byte*>(words.data()), byte_count};
  }
};

OwnEntry copy_of(ledger::Bytes bytes) {
  OwnEntry entry{std::vector<std::uint64_t>((bytes.size() + 7) / 8), bytes.size()};
  if (!bytes.empty()) std::memcpy(entry.words.data(), bytes.data(), bytes.size());
  return entry;
}

// The outside form begins with a brace. No entry does: it begins with an offset that is a
// multiple of 4, which a brace is not.
ledger::Result<OwnEntry> entry_in(std::string_view text, const std::string& path,
                                  Console& console) {
  if (!text.starts_with('{')) return copy_of(ledger::bytes_of(text));
  if (text.back() == '\n') text.remove_suffix(1);
  std::vector<std::byte> entry;
  if (const auto refusal = ledger::read_shown_event(text, entry)) {
    return ledger::Error{ledger::ErrorCode::invalid,
                         console.text("{}: {}", "{}：{}", path, console.in(refusal->message()))};
  }
  return copy_of(entry);
}

// What of the event only its hashes were signed and shown.
std::vector<std::string> sealed_fields(const ledger::Entry& entry) {
  std::vector<std::string> fields;
  const auto note = [&](const ledger::Entry&, const ledger::FieldRule& field,
                        const ledger::schema::Personal&) -> ledger::Status {
    fields.emplace_back(field.name);
    return ledger::Ok{};
  };
  static_cast<void>(ledger::each_sealed(entry, note));  // nothing is read that could fail
  return fields;
}

ledger::Error not_signed_so(const ledger::Entry& entry, const ledger::proof::VerifierKey& key,
                            const std::string& origin, Console& console) {
  const bool any = entry.event->author_key() != nullptr;
  const auto got = !any ? console.text("an event that nobody signed", "未签名的事件")
                   : ledger::author_of(*entry.event) != key.id()
                       ? console.text("a signature by {}", "{} 的签名",
                                      ledger::key_subject(ledger::author_of(*entry.event)))
                       : console.text("a signature over something else", "对其他内容的签名");
  return {ledger::ErrorCode::corrupt,
          console.text("authorsig: got {}, wanted one that {} made over this event for the ledger "
                       "{}. Compare the key, --origin and the event with their sources.",
                       "authorsig：得到 {}，应为 {} 为账本 {} 对此事件所作的签名。"
                       "请与来源核对公钥、--origin 与事件。",
                       got, printable(key.text()), printable(origin))};
}

}  // namespace

ledger::Result<Exit> check_author(const Arguments& arguments, Console& console) {
  const auto origin = arguments.text("--origin").value_or("");
  const auto key =
      TRY(naming("--author", read_author_key(arguments.text("--author").value_or(""), console)));
  const auto path = arguments.text("PROOF").value_or("");
  const auto text = TRY(read_input("PROOF", path, console));
  const auto own = TRY(entry_in(text, path, console));
  const auto entry = ledger::decode(ledger::Sequence{}, own.bytes());
  if (!entry) {
    return ledger::Error{ledger::ErrorCode::corrupt,
                         console.text("{}: got neither an event in the outside form nor the bytes "
                                      "of an entry ({}).",
                                      "{}：既非外部格式的事件，也非条目字节（{}）。", path,
                                      console.in(entry.error().message))};
  }
  const auto& event = *entry->event;
  const bool by_key = event.author_key() && ledger::author_of(event) == key.id();
  const bool good = by_key && TRY(ledger::is_signed_by(event, key.public_key(), origin));
  if (!good) return not_signed_so(*entry, key, origin, console);
  const auto type = ledger::type_name(entry->type());
  const auto sealed = sealed_fields(*entry);
  if (arguments.json) {
    console.write(json_line([&](auto& object) {
      object.text("author", key.name())
          .text("key", key.text())
          .text("origin", origin)
          .text("source", event.source()->string_view())
          .text("id", event.id()->string_view())
          .text("type", type)
          .text("subject", event.subject()->string_view());
      if (!sealed.empty()) {
        object.array("sealed", sealed, [](const std::string& field, std::string& out) {
          projections::append_quoted(field, out);
        });
      }
    }));
    return Exit::done;
  }
  console.say("signature good: {} signed the {} of {} for the ledger {}",
              "签名有效：{0} 为账本 {3} 签署了 {2} 的 {1}", printable(key.name()), type,
              printable(event.subject()->string_view()), printable(origin));
  if (!sealed.empty()) {
    console.say("not shown: {}, sealed; the signature is over the hash that stands for it",
                "未显示：{}，已密封；签名所涉为代表它的哈希",
                fmt::format("{}", fmt::join(sealed, ", ")));
  }
  console.say(
      "not checked: that the log of that ledger enrolled the key and holds the event; "
      "`tally verify` and `tally prove` do",
      "未核对：该账本的日志是否登记了此密钥并含有此事件；由 `tally verify` 与 "
      "`tally prove` 核对");
  return Exit::done;
}

}  // namespace cli
