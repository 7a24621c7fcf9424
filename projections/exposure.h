// What hangs over a line that is to be paid: the pre-flight of a settlement.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "projections/event_names.h"
#include "projections/open_findings.h"
#include "projections/replay.h"

namespace projections {

// One thing that may take a payment back, or keeps it from growing.
struct Exposure {
  enum class Kind : std::uint8_t {
    open_finding,      // raised on the order, or on one whose vehicles the line's tier rests on
    missing_document,  // what a genuine vehicle or the order lacks to be complete
    likely_reversal    // what an auditor would take back
  };
  Kind kind{};
  std::string_view subject;            // the finding, the document, or the reason
  OrderId order;                       // open_finding
  std::vector<VinId> vins;             // of which vehicles, sorted by name
  std::optional<std::uint32_t> event;  // log index
  std::optional<std::int64_t> amount_fen;
};

// The exposures of lines of one replay. Immutable once made; the replay must outlive it.
class Exposures {
 public:
  // Where findings are open it also replays the cut with all of them confirmed for their whole
  // orders, to say what each line would lose. Fails as a replay does.
  static ledger::Result<Exposures> of(const Replay& replay, const Cut& cut);

  // In the order of kinds; findings by name, documents in the order of the pack's keys.
  std::vector<Exposure> on(const Line& line) const;

 private:
  explicit Exposures(const Replay& replay) : replay_(&replay) {}

  void add_findings(const Line& line, std::vector<Exposure>& found) const;
  void add_documents(const Line& line, std::vector<Exposure>& found) const;
  void add_reversals(const Line& line, std::vector<Exposure>& found) const;
  void add_demo_cars(const Line& line, std::vector<Exposure>& found) const;

  const Replay* replay_;
  std::vector<OpenFinding> open_;
  std::vector<std::pair<std::string, std::int64_t>> losses_;  // by line, sorted
};

// Appends `{kind, finding | document | reason, order, vins, event, amount_fen}`.
void append_exposure(const Facts& facts, const Exposure& exposure, const EventNames& events,
                     std::string& out);

}  // namespace projections
