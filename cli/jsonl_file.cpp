#include "cli/jsonl_file.h"

#include <optional>
#include <utility>
#include <vector>

#include "cli/event_line.h"
#include "cli/line_block.h"
#include "ledger/ordered_work.h"

namespace cli {
namespace {

// On their way at one time, some 2 MiB of text: more than the threads are busy with, so that
// they have work while the log holds up who takes.
constexpr std::size_t blocks_max = 32;

// One file on its way through: blocks of its lines are encoded ahead.
class JsonlReading {
 public:
  JsonlReading(LineReader& reader, std::size_t threads)
      : reader_(reader),
        encoders_(threads),
        blocks_(threads,
                [this](LineBlock& block, std::size_t thread) { block.encode(encoders_[thread]); }) {
  }

  // The next block, encoded; nothing at the end. What cannot be read is told after all that
  // could be.
  ledger::Result<std::optional<LineBlock>> next() {
    while (!at_end_ && blocks_.count() < blocks_max) {
      if (blocks_.count() > 0 && reader_.would_wait()) break;
      LineBlock block;
      if (auto read = fill(block); !read) {
        failed_ = std::move(read).error();
        at_end_ = true;
      }
      if (block.count() > 0) blocks_.put(std::move(block));
    }
    if (blocks_.count() > 0) return std::optional(blocks_.take());
    if (failed_) return *std::move(failed_);
    return std::optional<LineBlock>();
  }

 private:
  // Adds lines until the block is full, or the next would have to be waited for.
  ledger::Status fill(LineBlock& block) {
    do {
      const auto line = TRY(reader_.next());
      at_end_ = !line;
      if (line && !is_blank(*line)) block.add(*line);
    } while (!at_end_ && !block.is_full() && !reader_.would_wait());
    return ledger::Ok{};
  }

  LineReader& reader_;
  bool at_end_ = false;
  std::optional<ledger::Error> failed_;
  std::vector<ledger::Encoder> encoders_;  // one a thread
  ledger::OrderedWork<LineBlock> blocks_;  // last: its threads use the encoders
};

}  // namespace

ledger::Result<bool> read_jsonl(LineReader& reader, const JsonlFile& file, const TakeEvents& take,
                                const std::function<void()>& told) {
  JsonlReading reading(reader, file.threads);
  while (const auto block = TRY(reading.next())) {
    for (std::size_t position = 0; position < block->count(); ++position) {
      const bool more = TRY(take(file.name, block->number(position), [&](auto&, auto& batch) {
        return block->add_to(batch, position);
      }));
      if (!more) return false;
      told();
    }
  }
  return true;
}

}  // namespace cli
