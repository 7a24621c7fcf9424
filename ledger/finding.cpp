#include "ledger/finding.h"

#include "ledger/codec.h"
#include "ledger/spelling.h"

namespace ledger {

std::string_view name_of(Finding::Where where) {
  switch (where) {
    case Finding::Where::frame:
      return "frame";
    case Finding::Where::entry:
      return "entry";
    case Finding::Where::tile:
      return "tile";
    case Finding::Where::index_table:
      return "index_table";
    case Finding::Where::checkpoint:
      return "checkpoint";
    case Finding::Where::clock:
      return "clock";
    case Finding::Where::file:
      return "file";
  }
  return {};
}

std::string hex_of(Bytes bytes) {
  std::string text;
  append_hex({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()}, text);
  return text;
}

std::string hex_of(std::uint64_t checksum) {
  std::string text;
  for (int shift = 60; shift >= 0; shift -= 4) {
    text += "0123456789abcdef"[checksum >> static_cast<unsigned>(shift) & 15U];
  }
  return text;
}

void EntryFinding::names(const Entry& entry) {
  finding_->type = type_name(entry.type());
  finding_->subject = entry.event->subject()->str();
}

void EntryFinding::differs(const Message& what, const Message& expected, const Message& found) {
  if (!finding_) finding_ = Finding{Finding::Where::entry, index_, {}, {}, {}, {}};
  const auto add = [&what](Message& text, const Message& value) {
    const auto next = worded("{} {}", "{}：{}", what, value);
    text = text.en.empty() ? next : worded("{}, {}", "{}，{}", text, next);
  };
  add(finding_->expected, expected);
  add(finding_->found, found);
}

}  // namespace ledger
