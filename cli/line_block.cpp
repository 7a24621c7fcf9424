#include "cli/line_block.h"

#include <utility>

#include "cli/event_line.h"

namespace cli {
namespace {

// Enough that handing over costs little, and little enough that several fit a cache.
constexpr std::size_t text_bytes_wanted = std::size_t{64} << 10U;
constexpr std::size_t lines_max = 1'000;  // those too long take no room

}  // namespace

void LineBlock::add(const LineReader::Line& line) {
  const auto text = line.too_long() ? std::string_view{} : line.text;
  lines_.push_back({line.number, line.byte_count, text.size(), 0, false});
  text_ += text;
}

bool LineBlock::is_full() const {
  return text_.size() >= text_bytes_wanted || lines_.size() >= lines_max;
}

void LineBlock::encode(ledger::Encoder& encoder) {
  std::string_view rest = text_;
  for (auto& line : lines_) {
    const LineReader::Line read{line.number, rest.substr(0, line.text_size), line.byte_count};
    rest.remove_prefix(line.text_size);
    line.place = events_.count();
    if (auto why = encode_line(read, encoder, events_)) {
      line.refused = true;
      line.place = refusals_.size();
      refusals_.push_back(*std::move(why));
    }
  }
  text_ = std::string();
}

std::optional<ledger::Message> LineBlock::add_to(ledger::Batch& batch, std::size_t position) const {
  const auto& line = lines_[position];
  if (line.refused) return refusals_[line.place];
  batch.add(events_.entry(line.place));
  return std::nullopt;
}

}  // namespace cli
