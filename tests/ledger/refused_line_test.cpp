// Each rule of the outside form refuses one sample, with exactly these words.
#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "tests/ledger/refused_sample.h"

namespace ledger::test {
namespace {

constexpr const char* id = "a string of 1 to 64 bytes without control characters";
constexpr const char* source = "a string of 1 to 128 bytes without # and control characters";
constexpr const char* actor = "a string of at most 128 bytes without control characters";
constexpr const char* reference = "source#id of another event";
constexpr const char* time =
    "a date and time with offset (RFC 3339), years 1990 to 2200, such as 2017-03-01T09:00:00+08:00";

TEST_CASE("attributes are refused one by one") {
  const std::string type = "order.spec_approved";
  const auto with = [&](const std::string& attribute, const std::string& value,
                        const std::string& got, const std::string& wanted) {
    return Sample{type,
                  "{\"specversion\"",
                  fmt::format(R"({{"{}":{},"specversion")", attribute, value),
                  attribute,
                  got,
                  wanted};
  };
  check_all_refused({
      {type, R"("specversion":"1.0",)", "", "specversion", "nothing", "\"1.0\""},
      {type, R"("1.0")", R"("0.3")", "specversion", R"("0.3")", "\"1.0\""},
      {type, R"("1.0")", "1", "specversion", "1", "\"1.0\""},
      {type, R"("id":"e-29",)", "", "id", "nothing", id},
      {type, R"("e-29")", R"("")", "id", R"("")", id},
      {type, R"("e-29")", "29", "id", "29", id},
      {type, R"("e-29")", "null", "id", "null", id},
      {type, "e-29", repeated(65), "id", cut(65), id},
      {type, "e-29", R"(e\n29)", "id", R"("e\u000a29")", id},
      {type, "e-29", R"(e\u0085)", "id", R"("e\u0085")", id},
      {type, R"("dms/D001")", R"("")", "source", R"("")", source},
      {type, "dms/D001", "dms#D001", "source", R"("dms#D001")", source},
      {type, "dms/D001", R"(dms\u007f)", "source", R"("dms\u007f")", source},
      {type, "dms/D001", repeated(129), "source", cut(129), source},
      {type, R"("dms/D001")", "[]", "source", "an array", source},
      {type, type, "order.spec_aproved", "type", R"("order.spec_aproved")",
       "an event type of the catalogue"},
      {type, R"("order.spec_approved")", "{}", "type", "an object",
       "an event type of the catalogue"},
      {type, R"("subject":"order/O-0001",)", "", "subject", "nothing",
       "a string without control characters"},
      {type, "order/O-0001", "order/O-0002", "subject", R"("order/O-0002")", R"("order/O-0001")"},
      {type, "order/O-0001", "orders/O-0001", "subject", R"("orders/O-0001")", R"("order/O-0001")"},
      {type, "order/O-0001", R"(order/O\t)", "subject", R"("order/O\u0009")",
       "a string without control characters"},
      {type, R"("time":"2017-03-01T09:00:00+08:00")", R"("actor":"a")", "time", "nothing", time},
      {type, "2017-03-01T", "2017-02-30T", "time", R"("2017-02-30T09:00:00+08:00")", time},
      {type, "2017-03-01T", "1989-03-01T", "time", R"("1989-03-01T09:00:00+08:00")", time},
      {type, "2017-03-01T", "2201-01-01T", "time", R"("2201-01-01T09:00:00+08:00")", time},
      {type, "09:00:00+08:00", "09:00:00", "time", R"("2017-03-01T09:00:00")", time},
      {type, "09:00:00+08:00", "24:00:00Z", "time", R"("2017-03-01T24:00:00Z")", time},
      {type, R"("2017-03-01T09:00:00+08:00")", "1488330000", "time", "1488330000", time},
      with("recordedtime", R"("2017-03-01 25:00:00Z")", R"("2017-03-01 25:00:00Z")", time),
      with("recordedtime", "null", "null", time),
      with("recordedtime", R"("2017-03-01T09:00:00.1234567890Z")",
           R"("2017-03-01T09:00:00.1234567890Z")", time),
      with("actor", fmt::format("\"{}\"", repeated(43, "王")),
           fmt::format("\"{}\" (129 bytes)", repeated(43, "王")), actor),
      with("actor", "true", "true", actor),
      with("actor", R"("a\u0000b")", R"("a\u0000b")", actor),
      with("role", R"("boss")", R"("boss")",
           "one of dealer, region, fleet_dept, pr, gm_office, assistant_sales_gm, sales_gm, gm, "
           "settlement, inspector, auditor, system"),
      with("correlationid", R"("oms-1")", R"("oms-1")", reference),
      with("correlationid", R"("#1")", R"("#1")", reference),
      with("causationid", R"("oms#")", R"("oms#")", reference),
      with("causationid", fmt::format("\"oms#{}\"", repeated(65)),
           fmt::format("\"oms#{}…\" (69 bytes)", repeated(56)), reference),
      {type, R"("data":)", R"("authorkey":"0a1b2c3d","data":)", "authorsig", "nothing",
       "a signature, since authorkey is given"},
      with("dataschema", R"("v2")", R"("v2")", "\"v1\""),
      with("dataschema", "1", "1", "\"v1\""),
      with("ledgerindex", "-1", "-1", "an integer of 0 or more"),
      with("ledgerindex", R"("1")", R"("1")", "an integer of 0 or more"),
      with("appendedtime", "5", "5", time),
      with("appendedtime", R"("soon")", R"("soon")", time),
      with("datacontenttype", R"("application/json")", "an unknown attribute",
           "one of specversion, id, source, type, subject, time, recordedtime, actor, role, "
           "correlationid, causationid, authorkey, authorsig, authorsalts, dataschema, data, "
           "ledgerindex, "
           "appendedtime"),
      {type, R"(,"data":{"order":"O-0001"})", "", "data", "nothing", "an object"},
      {type, R"({"order":"O-0001"})", "[]", "data", "an array", "an object"},
      {type, R"({"order":"O-0001"})", R"("O-0001")", "data", R"("O-0001")", "an object"},
  });
}

TEST_CASE("an author is a whole key and a whole signature") {
  const std::string type = "order.support_requested";
  const std::string signature =
      "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0+Pw==";
  const std::string wanted = "64 bytes in base64, standard and padded";
  const auto shown = [](const std::string& text) {
    return fmt::format("\"{}…\" ({} bytes)", text.substr(0, 60), text.size());
  };
  const auto spoiled = [&](std::size_t at, const char* by) {
    auto text = signature;
    return text.replace(at, 1, by);
  };
  const std::string key_wanted = "8 lower-case hex digits";
  std::vector<Sample> samples = {
      {type, R"("authorkey":"0a1b2c3d",)", "", "authorkey", "nothing",
       "a key, since authorsig is given"},
      {type, "0a1b2c3d", "0A1B2C3D", "authorkey", R"("0A1B2C3D")", key_wanted},
      {type, "0a1b2c3d", "0a1b2c3", "authorkey", R"("0a1b2c3")", key_wanted},
      {type, "0a1b2c3d", "0a1b2c3g", "authorkey", R"("0a1b2c3g")", key_wanted},
      {type, signature, "AAAA", "authorsig", R"("AAAA")", wanted},
  };
  // One byte less, URL digits, no padding, bits left over.
  for (const auto& text :
       {signature.substr(4), spoiled(0, "-"), signature.substr(0, 86), spoiled(85, "x")}) {
    samples.push_back({type, signature, text, "authorsig", shown(text), wanted});
  }
  check_all_refused(samples);
}

TEST_CASE("values of each kind are refused one by one") {
  const std::string a_id = "a string of 1 to 64 bytes";
  const std::string text = "a string of at most 4096 bytes";
  const std::string date = "a day that exists, as YYYY-MM-DD";
  const std::string fen = "an integer from 0 to 10000000000000";
  const std::string count = "an integer from 0 to 2147483647";
  const std::string vin = "17 characters of A-Z and 0-9";
  const std::string uscc = "18 characters of A-Z and 0-9";
  const std::string sha256 = "64 lower-case hex digits";
  const std::string month = "a month, as YYYY-MM";
  const std::string digest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
  const std::string digest_shown = "\"" + digest.substr(0, 60);
  const std::string vins = R"("vins":["LSVAA4182E2000017","LSVAA4182E2000017"])";
  check_all_refused({
      // fields
      {"order.spec_approved", R"("O-0001"})", R"("O-0001","colour":"red"})", "data.colour",
       "an unknown field", "one of order"},
      {"filing.rejected", R"(,"reason":)", R"(,"\u001breason":)", R"(data.\u001breason)",
       "an unknown field", "one of filing, reason"},
      {"order.spec_approved", R"("data":{"order":"O-0001"})", R"("data":{})", "data.order",
       "nothing", a_id},
      // id, text
      {"filing.submitted", R"("dealer":"D-0001")", R"("dealer":"")", "data.dealer", R"("")", a_id},
      {"filing.submitted", R"("dealer":"D-0001")", R"("dealer":1)", "data.dealer", "1", a_id},
      {"filing.submitted", R"("dealer":"D-0001")", R"("dealer":null)", "data.dealer", "null", a_id},
      {"filing.submitted", R"("project":"P-0001")", R"("project":null)", "data.project", "null",
       a_id},
      {"filing.submitted", R"("dealer":"D-0001")",
       fmt::format(R"("dealer":"{}")", repeated(22, "车")), "data.dealer",
       fmt::format("\"{}\" (66 bytes)", repeated(22, "车")), a_id},
      {"customer.visited", "note 样例", repeated(4097), "data.note",
       fmt::format("\"{}…\" (4103 bytes)", repeated(60)), text},
      {"event.voided", R"("target_source":"target_source)",
       fmt::format(R"("target_source":"{})", repeated(129)), "data.target_source",
       fmt::format("\"{}…\" (142 bytes)", repeated(60)), "a string of at most 128 bytes"},
      // date, month
      {"bill.tendered", "2017-02-28", "2017-02-29", "data.issued_on", R"("2017-02-29")", date},
      {"bill.tendered", "2017-02-28", "2017-2-28", "data.issued_on", R"("2017-2-28")", date},
      {"bill.tendered", R"("issued_on":"2017-02-28")", R"("issued_on":17225)", "data.issued_on",
       "17225", date},
      {"calendar.published", R"(["2017-02-28","2017-02-28"])", R"(["2017-01-01","2017-02-30"])",
       "data.holidays[1]", R"("2017-02-30")", date},
      {"rebate.paid", "2017-03\"", "2017-13\"", "data.month", R"("2017-13")", month},
      {"rebate.paid", "2017-03\"", "2017-00\"", "data.month", R"("2017-00")", month},
      {"rebate.paid", "2017-03\"", "17-03\"", "data.month", R"("17-03")", month},
      // numbers
      {"penalty.paid", ":1234567", ":-1", "data.amount_fen", "-1", fen},
      {"penalty.paid", ":1234567", ":10000000000001", "data.amount_fen", "10000000000001", fen},
      {"penalty.paid", ":1234567", R"(:"1234567")", "data.amount_fen", R"("1234567")", fen},
      {"penalty.paid", ":1234567", ":true", "data.amount_fen", "true", fen},
      {"penalty.paid", ":1234567", ":9223372036854775808", "data.amount_fen", "9223372036854775808",
       "an integer of at most 64 bits"},
      {"penalty.paid", ":1234567", ":-9223372036854775809", "data.amount_fen",
       "-9223372036854775809", "an integer of at most 64 bits"},
      {"penalty.paid", ":1234567", ":1.0", "data.amount_fen", "1.0",
       "an integer, without fraction or exponent"},
      {"penalty.paid", ":1234567", ":1e3", "data.amount_fen", "1e3",
       "an integer, without fraction or exponent"},
      {"penalty.paid", ":1234567", ":1E999999999999", "data.amount_fen", "an exponent",
       "an integer, without fraction or exponent"},
      {"reward.decided", ":1234567", ":2147483648", "data.rate_bp", "2147483648",
       "an integer from -2147483648 to 2147483647"},
      {"vehicle.mileage_reported", ":1234567", ":-1", "data.km", "-1", count},
      {"vehicle.mileage_reported", ":1234567", ":2147483648", "data.km", "2147483648", count},
      {"order.created", R"("quantity":1234567)", R"("quantity":0)", "data.quantity", "0",
       "an integer from 1 to 2147483647"},
      {"dealer.authorised", R"("level":2)", R"("level":3)", "data.level", "3",
       "an integer from 1 to 2"},
      {"demo.applied", R"("ordinal":2)", R"("ordinal":0)", "data.ordinal", "0",
       "an integer from 1 to 2"},
      {"customer.satisfaction_recorded", R"("score":100)", R"("score":101)", "data.score", "101",
       "an integer from 0 to 100"},
      // booleans and enumerations
      {"penalty.warned", R"("public":true)", R"("public":1)", "data.public", "1", "true or false"},
      {"penalty.warned", R"("public":true)", R"("public":"true")", "data.public", R"("true")",
       "true or false"},
      {"filing.region_reviewed", R"("rejected")", R"("Rejected")", "data.decision", R"("Rejected")",
       "one of approved, rejected"},
      {"filing.region_reviewed", R"("rejected")", "1", "data.decision", "1",
       "one of approved, rejected"},
      // vin, uscc, sha256, key, base64
      {"vehicle.warranty_started", R"("vin":"LSVAA4182E2000017")", R"("vin":"LSVAA4182E200001")",
       "data.vin", R"("LSVAA4182E200001")", vin},
      {"vehicle.warranty_started", R"("vin":"LSVAA4182E2000017")", R"("vin":"lsvaa4182e2000017")",
       "data.vin", R"("lsvaa4182e2000017")", vin},
      {"dealer.authorised", "913101126317095262", "91310112631709526", "data.uscc",
       R"("91310112631709526")", uscc},
      {"dealer.authorised", "913101126317095262", "91310112631709526-", "data.uscc",
       R"("91310112631709526-")", uscc},
      {"agreement.uploaded", digest, digest.substr(1), "data.scan",
       fmt::format("\"{}…\" (63 bytes)", digest.substr(1, 60)), sha256},
      {"agreement.uploaded", digest, "9F86" + digest.substr(4), "data.scan",
       fmt::format("\"9F86{}…\" (64 bytes)", digest.substr(4, 56)), sha256},
      {"key.revoked", R"("key":"0a1b2c3d")", R"("key":"0A1B2C3D")", "data.key", R"("0A1B2C3D")",
       "8 lower-case hex digits"},
      {"key.enrolled", "AQIDBA==", "AQIDBA", "data.public_key", R"("AQIDBA")",
       "base64, standard and padded"},
      {"key.enrolled", "AQIDBA==", "AQIDBB==", "data.public_key", R"("AQIDBB==")",
       "base64, standard and padded"},
      // arrays
      {"settlement.requested", vins, R"("vins":"LSVAA4182E2000017")", "data.vins",
       R"("LSVAA4182E2000017")", "an array"},
      {"settlement.requested", vins,
       R"("vins":["LSVAA4182E2000017","LSVAA4182E2000017","LSVAA4182E2000017",17])", "data.vins[3]",
       "17", vin},
      {"settlement.requested", vins, R"("vins":[["LSVAA4182E2000017"]])", "data.vins[0]",
       "an array", vin},
      {"settlement.requested", "," + vins, "", "data.vins", "nothing", vin},
      {"event.voided", "[\"" + digest, "[\"" + digest + "0", "data.evidence[0]",
       digest_shown + "…\" (65 bytes)", sha256},
      {"bank_list.published", R"("refused_banks":[)", R"("refused_banks":[null,)",
       "data.refused_banks[0]", "null", text},
      // personal values
      {"vehicle.registered", R"("plate":")", R"("plate":7,"x":")", "data.x", "an unknown field",
       "one of vin, plate, owner, owner_uscc, proof"},
      {"dealer.manager_assigned", R"("person":)", R"("person":{},"dealer2":)", "data.dealer2",
       "an unknown field", "one of dealer, person"},
  });
}

TEST_CASE("fields that hang on others are refused where they do not belong") {
  const std::string rate = R"("rate_fen":1234567,)";
  const std::string vins = R"(,"vins":["LSVAA4182E2000017","LSVAA4182E2000017"])";
  check_all_refused({
      {"order.support_decided", rate, "", "data.rate_fen", "nothing",
       "an integer from 0 to 10000000000000, since kind is special and decision is approved"},
      {"order.support_decided", R"("approved")", R"("rejected")", "data.rate_fen", "1234567",
       "nothing unless kind is special and decision is approved"},
      {"order.support_decided", R"("special")", R"("standard")", "data.rate_fen", "1234567",
       "nothing unless kind is special and decision is approved"},
      {"appeal.decided", vins, "", "data.vins", "nothing", "an array, since outcome is amended"},
      {"clawback.issued", R"("order":"O-0001","kind":"special",)", "", "data", "none",
       "either order and kind, or vin"},
      {"clawback.issued", R"("kind":"special",)", "", "data", "order",
       "either order and kind, or vin"},
      {"clawback.issued", R"("kind":"special",)", R"("kind":"special","vin":"LSVAA4182E2000017",)",
       "data", "order and kind and vin", "either order and kind, or vin"},
      {"clawback.issued", R"("order":"O-0001",)", R"("vin":"LSVAA4182E2000017",)", "data",
       "kind and vin", "either order and kind, or vin"},
      {"penalty.imposed", R"("finding":"F-0001",)", "", "data", "none",
       "either finding, or complaint"},
      {"penalty.imposed", R"("finding":"F-0001",)", R"("finding":"F-1","complaint":"C-1",)", "data",
       "finding and complaint", "either finding, or complaint"},
  });
}

}  // namespace
}  // namespace ledger::test
