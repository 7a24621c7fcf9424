#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "cli/generate/story.h"

namespace cli::generate {
namespace {

struct Model {
  std::string_view name;
  std::int64_t price_fen;
  std::int64_t local_fen, national_fen;  // subsidies
};

constexpr std::array models{Model{"EU260", 20'590'000, 2'200'000, 4'400'000},
                            Model{"EC180", 15'180'000, 1'800'000, 3'600'000},
                            Model{"EX260", 19'290'000, 2'000'000, 4'000'000},
                            Model{"EV200", 18'890'000, 2'000'000, 4'000'000},
                            Model{"EH300", 24'990'000, 2'200'000, 4'400'000}};
constexpr Model jlr_model{"XFL", 48'800'000, 0, 0};

// A vehicle on its way, with what its events need.
struct Sale {
  Area& area;
  const Project& project;
  const Order& order;
  const Model& model;
  Vehicle& vehicle;
};

void tell_invoice(const Sale& sale, Day produced, Day invoiced) {
  auto& area = sale.area;
  const auto& vin = sale.vehicle.vin;
  area.event(order_system, "vehicle.produced", "vehicle", vin, area.during(produced, 8, 20))
      .text("vin", vin)
      .text("model", sale.model.name);
  ++sale.project.dealer->invoiced[static_cast<std::size_t>(std::min(month_of(invoiced), 23))];
  area.event(finance_system, "vehicle.invoiced", "vehicle", vin, area.during(invoiced, 9, 17))
      .text("vin", vin)
      .text("order", sale.order.id)
      .text("dealer", sale.project.dealer->id)
      .text("invoice", Name("INV-", ++area.numbers.invoice, 9))
      .number("price_fen", sale.vehicle.price_fen)
      .text("model", sale.model.name);
}

void tell_delivery(const Sale& sale, Moment time) {
  auto& area = sale.area;
  const auto& vin = sale.vehicle.vin;
  {
    auto line = area.event(sale.project.dealer->source, "vehicle.delivered", "vehicle", vin, time);
    line.text("vin", vin).text("order", sale.order.id).text("dealer", sale.project.dealer->id);
    if (area.dice.chance(500)) line.digest("proof", area.dice);
  }
  area.event(order_system, "vehicle.warranty_started", "vehicle", vin, time + 20 * minute)
      .text("vin", vin);
}

void tell_registration(const Sale& sale, Moment time, const Name& plate) {
  auto& area = sale.area;
  const auto& customer = *sale.project.customer;
  auto line = area.event(sale.project.dealer->source, "vehicle.registered", "vehicle",
                         sale.vehicle.vin, time);
  line.text("vin", sale.vehicle.vin).text("plate", plate);
  if (customer.buys_for_system) {
    line.text("owner", customer.name + "第" + std::to_string(area.dice.between(1, 40)) + "分局");
  } else {
    line.text("owner", customer.name);
    if (!customer.uscc.empty()) line.text("owner_uscc", customer.uscc);
  }
  if (area.dice.chance(400)) line.digest("proof", area.dice);
}

// The application's way through the authority; `local` or `national`.
void tell_subsidy(const Sale& sale, std::string_view programme, std::int64_t amount_fen,
                  Day applied) {
  auto& area = sale.area;
  const auto& vin = sale.vehicle.vin;
  const bool local = programme == "local";
  const auto authority =
      local ? std::string(area.city.name) + "市经济和信息化委员会" : std::string("工业和信息化部");
  area.event(sale.project.dealer->source, "subsidy.applied", "vehicle", vin,
             area.during(applied, 9, 18))
      .text("vin", vin)
      .text("programme", programme)
      .text("authority", authority)
      .number("amount_fen", amount_fen);
  const Day decided = applied + (local ? area.dice.between(15, 45) : area.dice.between(30, 90));
  if (area.comes(Rarity::subsidy_refused, 45)) {
    area.event(subsidy_office, "subsidy.rejected", "vehicle", vin, area.during(decided, 9, 17))
        .text("vin", vin)
        .text("programme", programme)
        .text("reason", "运营里程不足");
    return;
  }
  const auto grant = [&](std::string_view type, Day day) {
    area.event(subsidy_office, type, "vehicle", vin, area.during(day, 9, 17))
        .text("vin", vin)
        .text("programme", programme)
        .number("amount_fen", amount_fen);
  };
  grant("subsidy.approved", decided);
  const Day paid = decided + area.dice.between(10, 50);
  if (!sale.vehicle.returned) {
    grant("subsidy.paid", paid);
  } else if (local) {
    grant("subsidy.paid", paid);
    grant("subsidy.recovered", paid + area.dice.between(20, 60));
  }
}

void tell_mileage(const Sale& sale, Day delivered) {
  auto& area = sale.area;
  const auto& vin = sale.vehicle.vin;
  const auto report = [&](Day day, int km) {
    area.event(telemetry, "vehicle.mileage_reported", "vehicle", vin, area.during(day, 8, 24))
        .text("vin", vin)
        .number("km", km)
        .flag("telemetry", true);
  };
  const auto reports = area.dice.below(3);
  for (int i = 1; i <= reports; ++i) {
    const auto days = 60 * i + area.dice.below(30);
    report(delivered + days, days * area.dice.between(40, 220));
  }
  if (reports > 0 && area.comes(Rarity::mileage_mistyped, 250)) {
    report(delivered + 40, 9'999'999);
    area.void_latest(telemetry, "终端读数异常");
  }
}

void tell_fate(const Sale& sale, Day delivered) {
  auto& area = sale.area;
  const auto& vin = sale.vehicle.vin;
  if (sale.vehicle.returned) {
    area.event(sale.project.dealer->source, "vehicle.returned", "vehicle", vin,
               area.during(delivered + area.dice.between(3, 40), 9, 17))
        .text("vin", vin)
        .text("order", sale.order.id)
        .text("reason", "客户退车");
  } else if (area.comes(Rarity::transferred, 160)) {
    area.event(order_system, "vehicle.transferred", "vehicle", vin,
               area.during(delivered + area.dice.between(90, 240), 9, 17))
        .text("vin", vin)
        .text("to_owner", person_name(area.dice));
  }
}

// From the plate to the subsidies; leaves the vehicle incomplete now and then.
void tell_papers(const Sale& sale, Day delivered, std::int64_t number) {
  auto& area = sale.area;
  sale.vehicle.complete = period_end;
  if (area.dice.chance(15)) return;
  const auto registered = area.during(delivered + area.dice.between(1, 10), 10, 17);
  if (area.comes(Rarity::registration_mistyped, 250)) {
    tell_registration(sale, registered, plate(number + 150'000, area.city));
    area.void_latest(sale.project.dealer->source, "车牌号录入错误");
  }
  tell_registration(
      sale, registered,
      area.dice.chance(30) ? ordinary_plate(number, area.city) : plate(number, area.city));
  if (sale.model.local_fen == 0) {
    sale.vehicle.complete = registered.day();
    return;
  }
  if (area.dice.chance(15)) return;
  const Day applied = registered.day() + area.dice.between(2, 15);
  sale.vehicle.complete = applied;
  tell_subsidy(sale, "local", sale.model.local_fen, applied);
  if (area.dice.chance(900)) {
    tell_subsidy(sale, "national", sale.model.national_fen, applied + area.dice.between(5, 40));
  }
}

void tell_status(Area& area, const Project& project, const Order& order, Moment delivered) {
  const auto hours = area.dice.chance(60) ? area.dice.between(25, 70) : area.dice.between(1, 20);
  area.event(project.dealer->source, "order.status_entered", "order", order.id,
             delivered + hours * hour)
      .text("order", order.id)
      .text("status", "已交付");
}

// Sells once more a vehicle of the order before, as a fraud would.
void tell_duplicate(Area& area, const Project& project, const Order& order, Moment time) {
  const auto& sold = project.orders.front().vehicles.front();
  area.event(project.dealer->source, "vehicle.delivered", "vehicle", sold.vin, time)
      .text("vin", sold.vin)
      .text("order", order.id)
      .text("dealer", project.dealer->id);
}

}  // namespace

void tell_vehicles(Area& area, Project& project, Order& order, Day first_delivery) {
  const bool jlr = project.customer->policy == Policy::jlr;
  const auto& model = jlr ? jlr_model : area.dice.pick(models);
  Day delivery = working(first_delivery);
  auto in_batch = order.quantity <= 5 ? order.quantity : area.dice.between(3, order.quantity);
  order.vehicles.reserve(static_cast<std::size_t>(order.quantity));
  for (int i = 0; i < order.quantity; ++i, --in_batch) {
    if (in_batch == 0) {
      delivery = working(delivery + area.dice.between(5, 15));
      in_batch = area.dice.between(3, 60);
    }
    const auto number = ++area.numbers.vehicle;
    auto& vehicle = order.vehicles.emplace_back();
    vehicle.vin = vin(number, year_of(delivery));
    vehicle.price_fen = model.price_fen - area.dice.between(0, 8) * 100'000;
    vehicle.delivered = delivery;
    vehicle.returned = area.comes(Rarity::returned, 140);
    const Sale sale{area, project, order, model, vehicle};
    const auto time = area.during(delivery, 10, 18);
    const Day produced = std::max(Day{8}, delivery - area.dice.between(9, 25));
    tell_invoice(sale, produced, std::max(Day{9}, delivery - area.dice.between(1, 6)));
    tell_delivery(sale, time);
    tell_papers(sale, delivery, number);
    tell_mileage(sale, delivery);
    tell_fate(sale, delivery);
    if (in_batch == 1 || i + 1 == order.quantity) tell_status(area, project, order, time);
  }
  if (project.orders.size() > 1 && !project.orders.front().vehicles.empty() &&
      area.comes(Rarity::duplicate_vehicle, 12)) {
    tell_duplicate(area, project, order, at(delivery, 18 * hour));
  }
}

}  // namespace cli::generate
