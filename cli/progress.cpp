#include "cli/progress.h"

#include <algorithm>

namespace cli {
namespace {

constexpr auto patience = std::chrono::seconds(1);
constexpr auto redraw_every = std::chrono::milliseconds(100);
constexpr std::uint64_t bar_width = 30;

}  // namespace

Progress::Progress(Console& console, std::string label, std::uint64_t total)
    : console_(console),
      label_(std::move(label)),
      total_(total),
      started_(Clock::now()),
      drawn_(started_) {
}

Progress::~Progress() {
  if (visible_) console_.write_aside("\r\x1b[K");
}

void Progress::show(std::uint64_t done, std::uint64_t events) {
  const auto now = Clock::now();
  if (now - started_ < patience || now - drawn_ < redraw_every) return;
  drawn_ = now;
  if (!visible_ && !console_.shows_progress()) return;
  visible_ = true;
  const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(now - started_).count();
  const auto rate = events * 1000 / static_cast<std::uint64_t>(std::max<std::int64_t>(ms, 1));
  std::string bar;
  if (total_ > 0) {
    const auto filled = std::min(bar_width, bar_width * std::min(done, total_) / total_);
    bar = fmt::format("[{}{}] {:3}% ", std::string(filled, '#'),
                      std::string(bar_width - filled, '.'), std::min(done, total_) * 100 / total_);
  }
  console_.write_aside("\r" + label_ + " " + bar +
                       console_.text("{} events, {}/s", "{} 个事件，每秒 {}", events, rate) +
                       "\x1b[K");
}

}  // namespace cli
