// Histories for property tests: mostly healthy sales, with the anomalies that rules
// are about, in an id space so small that everything meets everything.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace test {

// Some `size_hint` events (60 to 120 are useful) in the outside form, one a line, which
// an empty ledger accepts in this order. The same for the same arguments in every run of
// one build; compilers may differ.
std::vector<std::string> random_history(std::uint64_t seed, int size_hint);

}  // namespace test
