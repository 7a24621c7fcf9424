// What a dealer sells to a customer: projects of orders of vehicles.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "cli/generate/area.h"

namespace cli::generate {

enum class Support : std::uint8_t { standard, special, recognised };

struct Vehicle {
  Name vin;
  std::int64_t price_fen;
  Day delivered;
  Day complete;  // registered and local subsidy applied; `period_end`: never
  bool returned;
};

struct Order {
  Name id;
  Support kind;
  bool hq_direct;
  bool second_version;  // of the new-energy policy governs
  bool rejected;
  Moment created;
  int quantity;
  int prior;
  std::int64_t special_rate_fen;
  int reward_bp;  // 0: no tender
  std::vector<Vehicle> vehicles;
  std::int64_t granted_fen;
  Day settled;  // of the last grant
};

struct Project {
  std::int64_t number;
  Name id;
  Name filing;
  Moment confirmed;
  Dealer* dealer;
  Customer* customer;
  std::vector<Order> orders;
};

std::string_view spelled(Support kind);
// Vehicles kept on the project's orders through dealers, delivered up to `day`.
int own_of(const Project& project, Day day);

}  // namespace cli::generate
