// A history told event by event, for tests of one rule with all around it in order.
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <vector>

namespace test {

class PlainHistory {
 public:
  // `when` is China's clock: `2017-03-01T10:00:00`, or a date, which means ten in the morning.
  // Recorded when it happened, unless `recorded` says otherwise. Returns the event's id in
  // the source `hq`.
  std::string tell(const std::string& type, const std::string& when, boost::json::object data,
                   const std::string& recorded = {});
  void publish(const std::string& policy, int version, const std::string& document);
  void void_event(const std::string& id, const std::string& when);

  const std::vector<std::string>& lines() const { return lines_; }

 private:
  std::vector<std::string> lines_;
};

// Dealers D1 and D2, customers C1 and C2 (enterprises), and the confirmed filing F1 of D1 for
// C1, all of the first days of 2017 but the dealers, who were there before.
class FleetHistory : public PlainHistory {
 public:
  // The pack is version 1 of the policy it names.
  FleetHistory(const std::string& policy, const std::string& pack);

  // An order of D1 for C1 under F1, its support approved at once. `more` adds to or replaces
  // what the order says.
  void order(const std::string& order, const std::string& when, int quantity,
             const boost::json::object& more = {});
  // Without an approval, and with nothing else said: for orders that are not as above.
  void bare_order(const boost::json::object& data, const std::string& when);
  void approve(const std::string& order, const std::string& kind, const std::string& when,
               std::int64_t rate_fen = 0);
  // So many new vehicles with all their papers, and the order's status. Returns their VINs.
  std::vector<std::string> deliver(const std::string& order, int count, const std::string& when);
  // One new vehicle without papers.
  std::string hand_over(const std::string& order, const std::string& when);
  void grant(const std::string& order, const std::string& kind, std::int64_t fen,
             const std::string& when);

 private:
  int vehicles_ = 0, grants_ = 0;
};

// A digest as evidence.
boost::json::array some_evidence();

}  // namespace test
