#include "tests/support/subject.h"

namespace test {
namespace {

// `dealer` of `dealer.authorised`, and where the stream is not the type's own kind.
std::string stream_kind(const std::string& type) {
  auto kind = type.substr(0, type.find('.'));
  if (kind == "setoff") return "dealer";
  if (kind == "subsidy") return "vehicle";
  if (kind == "reward") return "order";
  return kind;
}

}  // namespace

std::string subject_of(const std::string& type, const boost::json::object& data) {
  const auto kind = stream_kind(type);
  const auto text = [&](const char* field) { return std::string(data.at(field).as_string()); };
  if (kind == "event") return "event/" + text("target_source") + '#' + text("target_id");
  if (kind == "calendar") return "calendar/" + std::to_string(data.at("year").as_int64());
  if (kind == "bank_list") return "bank_list/refused";
  if (kind == "vehicle" || kind == "demo") return kind + '/' + text("vin");
  return kind + '/' + text(kind.c_str());
}

}  // namespace test
