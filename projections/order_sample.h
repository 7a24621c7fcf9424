// Orders to inspect, drawn so that anyone can draw them again (N8.4; docs/FORMATS.md).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "projections/models.h"

namespace projections {

enum class SampleWeight : std::uint8_t {
  order,  // every order of the cut is as likely as any other
  money   // as likely as what was granted on it is much; orders without grants are not drawn
};

struct DrawnOrder {
  OrderId order;
  std::int64_t granted_fen = 0;
  std::uint64_t round = 0;       // of ledger::draw
  std::uint64_t population = 0;  // orders, or fen, still to be drawn from
  std::uint64_t position = 0;    // below it
};

struct OrderSample {
  std::vector<DrawnOrder> orders;      // in the order they were drawn
  std::vector<std::string> overflows;  // orders whose grants do not fit into 64 bits
};

// Draws `count` different orders, or all there are. Depends on the cut, the seed, the count
// and the weight alone. Fails with `invalid` where the grants together do not fit.
ledger::Result<OrderSample> draw_orders(const Replay& replay, std::uint64_t seed,
                                        std::uint64_t count, SampleWeight weight);

// Rows: `draw` from 1, `order`, `dealer`, `granted_fen`, `round`, `population`, `position`.
ModelRows print_sample(const Replay& replay, const OrderSample& sample);

// The `inspection.sample_drawn` that records the sample, as a line of the outside form. It
// happens on the as-of date, which there must be; its id follows from what it says.
std::string sample_event(const Replay& replay, const OrderSample& sample, std::uint64_t seed,
                         std::string_view inspection);

}  // namespace projections
