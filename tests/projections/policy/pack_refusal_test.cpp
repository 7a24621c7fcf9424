// What a pack may not say, one change at a time to a pack that is good.
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "projections/policy/pack.h"
#include "tests/projections/policy/packs.h"

namespace projections::policy {
namespace {

struct Change {
  std::string from, to, message;
};

// The refusal of the pack `text`, without what all refusals begin with.
std::string refusal(const std::string& text) {
  const auto pack = parse_pack(text);
  if (pack) return "accepted";
  CHECK(pack.error().code == ledger::ErrorCode::invalid);
  const std::string opening = "the policy pack is refused: ";
  REQUIRE(pack.error().message.en.starts_with(opening));
  return pack.error().message.en.substr(opening.size());
}

void check_refused(const std::string& policy, const std::vector<Change>& changes) {
  const auto text = test::shipped(policy);
  REQUIRE(parse_pack(text));
  for (const auto& change : changes) {
    CAPTURE(change.from, change.to);
    CHECK(refusal(test::changed(text, change.from, change.to)) == change.message);
  }
}

TEST_CASE("the head of a pack is refused with line, key, got and wanted") {
  check_refused(
      "nev-fleet-2017",
      {
          {"policy = \"nev", "Policy = \"nev",
           "line 2: `Policy`: got an unknown key, wanted one of accumulation, clauses, "
           "completeness, "
           "customer, effective_from, effective_to, filing, hq_direct, model, penalty, policy, "
           "recognised, reward, service_levels, special, standard, title, version"},
          {"policy = \"nev-fleet-2017\"", "policy = \"\"",
           "line 2: `policy`: got \"\", wanted a text of one line, 1 to 64 bytes"},
          {"policy = \"nev-fleet-2017\"", "policy = 2017",
           "line 2: `policy`: got 2017, wanted a text of one line, 1 to 64 bytes"},
          {"policy = \"nev-fleet-2017\"", R"(policy = "a\nb")",
           "line 2: `policy`: got \"a?b\", wanted a text of one line, 1 to 64 bytes"},
          {"policy = \"nev-fleet-2017\"", "policy = \"" + std::string(65, 'x') + "\"",
           "line 2: `policy`: got \"" + std::string(64, 'x') +
               "\", wanted a text of one line, 1 to 64 bytes"},
          {"version = 1\n", "version = 0\n",
           "line 3: `version`: got 0, wanted an integer from 1 to 2147483647"},
          {"version = 1\n", "version = 2147483648\n",
           "line 3: `version`: got 2147483648, wanted an integer from 1 to 2147483647"},
          {"version = 1\n", "version = \"1\"\n",
           "line 3: `version`: got \"1\", wanted an integer from 1 to 2147483647"},
          {"version = 1\n", "version = 1.0\n",
           "line 3: `version`: got a fraction, wanted an integer from 1 to 2147483647"},
          {"version = 1\n", "",
           "line 1: `version`: got nothing, wanted this key, which cannot be left out"},
          {"model = \"nev-fleet\" ", "model = \"fleet\"",
           "line 4: `model`: got \"fleet\", wanted one of nev-fleet, commercial"},
          {"title.en = ", "title.fr = ",
           "line 6: `title.fr`: got an unknown key, wanted one of en, zh"},
          {"title.en = \"2017 new-energy fleet sales policy\"\n", "",
           "line 5: `title.en`: got nothing, wanted this key, which cannot be left out"},
          {"effective_from = 2017-01-01", "effective_from = \"2017-01-01\"",
           "line 7: `effective_from`: got \"2017-01-01\", wanted a date without quotes, "
           "2017-01-01"},
          {"effective_from = 2017-01-01", "effective_from = 2017-01-01T00:00:00Z",
           "line 7: `effective_from`: got a date with a time, wanted a date without quotes, "
           "2017-01-01"},
          {"effective_to = 2017-12-31", "effective_to = 2016-12-31",
           "line 8: `effective_to`: got 2016-12-31, wanted a date on or after `effective_from`"},
          {"[clauses]", "brand = \"\"\n[clauses]",
           "line 56: `service_levels.brand`: got an unknown key, wanted one of "
           "settlement_working_days, status_hours, support_hours"},
      });
}

TEST_CASE("a range of one day is a range") {
  const auto text = test::changed(test::shipped("nev-fleet-2017"), "effective_to = 2017-12-31",
                                  "effective_to = 2017-01-01");
  CHECK(refusal(text) == "accepted");
}

TEST_CASE("the lists of a fleet pack are refused with the place of the wrong member") {
  check_refused(
      "nev-fleet-2017",
      {
          {"\"taxi\"", "\"cab\"",
           "line 11: `customer.classes[3]`: got \"cab\", wanted one of government, enterprise, "
           "rental_or_school, taxi, recognised"},
          {"\"taxi\"", "\"government\"",
           "line 11: `customer.classes[3]`: got \"government\", wanted each value once"},
          {"\"taxi\"", "4",
           "line 11: `customer.classes[3]`: got 4, wanted one of government, enterprise, "
           "rental_or_school, taxi, recognised"},
          {"classes = [", "classes = \"taxi\" # [",
           "line 11: `customer.classes`: got \"taxi\", wanted an array of texts"},
          {"kinds = []", "kinds = [\"cousin\"]",
           "line 25: `accumulation.kinds[0]`: got \"cousin\", wanted one of subsidiary, branch, "
           "rep_office, shareholder, employee"},
          {"kinds = []", R"(kinds = ["branch", "branch"])",
           "line 25: `accumulation.kinds[1]`: got \"branch\", wanted each value once"},
          {"\"policy-year\"", "\"policy_year\"",
           "line 26: `accumulation.window`: got \"policy_year\", wanted one of policy-year, "
           "agreement"},
          {"affiliates = false", "affiliates = 0",
           "line 24: `accumulation.affiliates`: got 0, wanted true or false"},
          {"\"sales_gm\"", "\"\"",
           "line 32: `recognised.approver_roles[1]`: got \"\", wanted a text that is not empty"},
          {"\"sales_gm\"", "\"gm\"",
           "line 32: `recognised.approver_roles[2]`: got \"gm\", wanted each value once"},
      });
}

TEST_CASE("tiers must start at one or more, rise, and never pay less for more") {
  const std::string tiers =
      "tiers = [\n  { from = 1,  per_vehicle_fen = 200_000 },\n"
      "  { from = 10, per_vehicle_fen = 400_000 },\n  { from = 30, per_vehicle_fen = 600_000 },\n]";
  check_refused(
      "nev-fleet-2017",
      {
          {tiers, "tiers = []",
           "line 18: `standard.tiers`: got 0 values, wanted one table or more"},
          {tiers, "tiers = [1]", "line 18: `standard.tiers[0]`: got 1, wanted a table"},
          {tiers, "tiers = {}",
           "line 18: `standard.tiers`: got a table, wanted an array of tables"},
          {"from = 1, ", "from = 0, ",
           "line 19: `standard.tiers[0].from`: got 0, wanted an integer from 1 to 2147483647"},
          {"from = 10", "from = 1",
           "line 20: `standard.tiers[1].from`: got 1, wanted more than 1, where the tier before "
           "starts"},
          {"from = 30", "from = 9",
           "line 21: `standard.tiers[2].from`: got 9, wanted more than 10, where the tier before "
           "starts"},
          {"600_000", "399_999",
           "line 21: `standard.tiers[2].per_vehicle_fen`: got 399999, wanted 400000 or more, the "
           "rate of the tier before: more vehicles never earn less each"},
          {"600_000", "10_000_000_000_001",
           "line 21: `standard.tiers[2].per_vehicle_fen`: got 10000000000001, wanted an integer "
           "from 0 to 10000000000000"},
          {"600_000", "-1",
           "line 21: `standard.tiers[2].per_vehicle_fen`: got -1, wanted an integer from 0 to "
           "10000000000000"},
          {"from = 30,", "from = 30, to = 99,",
           "line 21: `standard.tiers[2].to`: got an unknown key, wanted one of from, "
           "per_vehicle_fen"},
          {"from = 30, ", "",
           "line 21: `standard.tiers[2].from`: got nothing, wanted this key, which cannot be left "
           "out"},
      });
  const auto text = test::shipped("nev-fleet-2017");
  CHECK(refusal(test::changed(text, "600_000", "400_000")) == "accepted");
  CHECK(refusal(test::changed(text, "600_000", "10_000_000_000_000")) == "accepted");
  CHECK(refusal(test::changed(text, "from = 30", "from = 11")) == "accepted");
}

TEST_CASE("the numbers of a fleet pack have their bounds") {
  check_refused(
      "nev-fleet-2017",
      {
          {"protection_months = 3", "protection_months = -1",
           "line 14: `filing.protection_months`: got -1, wanted an integer from 0 to 1200"},
          {"progress_day = 1", "progress_day = 29",
           "line 15: `filing.progress_day`: got 29, wanted an integer from 1 to 28"},
          {"progress_day = 1", "progress_day = 0",
           "line 15: `filing.progress_day`: got 0, wanted an integer from 1 to 28"},
          {"min_quantity = 51", "min_quantity = -1",
           "line 29: `special.min_quantity`: got -1, wanted an integer from 0 to 2147483647"},
          {"delivery_fee_fen = 300_000", "delivery_fee_fen = -300_000",
           "line 35: `hq_direct.delivery_fee_fen`: got -300000, wanted an integer from 0 to "
           "10000000000000"},
          {"min_bp = 50", "min_bp = 301",
           "line 38: `reward.min_bp`: got 301, wanted at most "
           "`max_bp`"},
          {"min_bp = 50", "min_bp = -1",
           "line 38: `reward.min_bp`: got -1, wanted an integer from 0 to 2147483647"},
          {"registered = true", "registered = \"yes\"",
           "line 42: `completeness.registered`: got \"yes\", wanted true or false"},
          {"status_entered = true\n", "",
           "line 41: `completeness.status_entered`: got nothing, wanted this key, which cannot be "
           "left out"},
          {"false_claim_min_fen = 500_000", "false_claim_min_fen = 5_000_001",
           "line 48: `penalty.false_claim_min_fen`: got 5000001, wanted at most "
           "`false_claim_max_fen`"},
          {"complaint_fen = 1_000_000", "complaint_fen = 1e6",
           "line 47: `penalty.complaint_fen`: got a fraction, wanted an integer from 0 to "
           "10000000000000"},
          {"support_hours = 48", "support_hours = 48.0",
           "line 52: `service_levels.support_hours`: got a fraction, wanted an integer from 0 to "
           "876000"},
          {"[service_levels]", "[service_level]",
           "line 51: `service_level`: got an unknown key, wanted one of accumulation, clauses, "
           "completeness, customer, effective_from, effective_to, filing, hq_direct, model, "
           "penalty, policy, recognised, reward, service_levels, special, standard, title, "
           "version"},
          {"[special]\nmin_quantity = 51", "[bill]\nmin_quantity = 51",
           "line 28: `bill`: got an unknown key, wanted one of accumulation, clauses, "
           "completeness, customer, effective_from, effective_to, filing, hq_direct, model, "
           "penalty, policy, recognised, reward, service_levels, special, standard, title, "
           "version"},
      });
  const auto text = test::shipped("nev-fleet-2017");
  CHECK(refusal(test::changed(text, "min_bp = 50", "min_bp = 300")) == "accepted");
  CHECK(refusal(test::changed(text, "false_claim_min_fen = 500_000",
                              "false_claim_min_fen = 5_000_000")) == "accepted");
}

TEST_CASE("what a pack says of buyers it says whole") {
  check_refused(
      "faw-toyota-fleet",
      {
          {"system_classes = [\"government\"", "system_classes = [\"army\"",
           "line 14: `buyers.system_classes[0]`: got \"army\", wanted one of government, "
           "enterprise, rental_or_school, taxi, recognised"},
          {"\"class-b\"", "\"class-a\"",
           "line 15: `buyers.other_owners`: got \"class-a\", wanted one of nobody, class-b, "
           "anyone"},
          {"other_owners = \"class-b\"", "",
           "line 13: `buyers.other_owners`: got nothing, wanted this key, which cannot be left "
           "out"},
          {"[buyers]", "[buyers]\nclass_a = true",
           "line 14: `buyers.class_a`: got an unknown key, wanted one of other_owners, "
           "system_classes"},
      });
}

TEST_CASE("the numbers of a commercial pack have their bounds") {
  check_refused(
      "commercial-2018",
      {
          {"short_tenor_months = 3", "short_tenor_months = 7",
           "line 11: `bill.short_tenor_months`: got 7, wanted at most `max_tenor_months`"},
          {"max_face_fen = 200_000_000", "max_face_fen = 2_000_000.00",
           "line 12: `bill.max_face_fen`: got a fraction, wanted an integer from 0 to "
           "10000000000000"},
          {"max_endorsements = 3", "max_endorsements = -1",
           "line 13: `bill.max_endorsements`: got -1, wanted an integer from 0 to 2147483647"},
          {"direct_bp = { short = 50, long = 100 }", "direct_bp = 50",
           "line 14: `bill.direct_bp`: got 50, wanted a table"},
          {"direct_bp = { short = 50, long = 100 }", "direct_bp = { short = 50 }",
           "line 14: `bill.direct_bp.long`: got nothing, wanted this key, which cannot be left "
           "out"},
          {"endorsed_bp = { short = 100, long = 200 }",
           "endorsed_bp = { short = 100, long = 10_001 }",
           "line 15: `bill.endorsed_bp.long`: got 10001, wanted an integer from 0 to 10000"},
          {"from = 30, per_vehicle_fen = 80_000", "from = 30, per_vehicle_fen = 49_999",
           "line 17: `volume_rebate.tiers[1].per_vehicle_fen`: got 49999, wanted 50000 or more, "
           "the "
           "rate of the tier before: more vehicles never earn less each"},
          {"price_bp = 7_000", "price_bp = 70_000",
           "line 19: `demo.price_bp`: got 70000, wanted an integer from 0 to 10000"},
          {"documents_days = 45", "documents_days = 36_501",
           "line 21: `demo.documents_days`: got 36501, wanted an integer from 0 to 36500"},
          {"model = \"commercial\"", "model = \"nev-fleet\"",
           "line 9: `bill`: got an unknown key, wanted one of accumulation, clauses, completeness, "
           "customer, effective_from, effective_to, filing, hq_direct, model, penalty, policy, "
           "recognised, reward, service_levels, special, standard, title, version"},
      });
  const auto text = test::shipped("commercial-2018");
  CHECK(refusal(test::changed(text, "short_tenor_months = 3", "short_tenor_months = 6")) ==
        "accepted");
}

TEST_CASE("a clause has its line in both languages") {
  const auto text = test::shipped("commercial-2018");
  const auto head = text.substr(0, text.find("[clauses]"));
  CHECK(refusal(head + "[clauses]\n") == "accepted");
  CHECK(refusal(head + "[clauses]\n\"C2.3\" = \"bills\"\n") ==
        "line 24: `clauses.C2.3`: got \"bills\", wanted a table");
  CHECK(refusal(head + "[clauses]\n\"C2.3\" = { en = \"bills\" }\n") ==
        "line 24: `clauses.C2.3.zh`: got nothing, wanted this key, which cannot be left out");
  CHECK(refusal(head + "[clauses]\n\"C2.3\" = { en = \"bills\", zh = \"\" }\n") ==
        "line 24: `clauses.C2.3.zh`: got \"\", wanted a text of one line, 1 to 4096 bytes");
  CHECK(refusal(head + "[clauses]\nC2.3 = { en = \"bills\", zh = \"票据\" }\n") ==
        "line 24: `clauses.C2.3`: got an unknown key, wanted one of en, zh");
  CHECK(refusal("clauses = 1\n" + head) == "line 1: `clauses`: got 1, wanted a table");
}

TEST_CASE("what is not TOML is refused with its line") {
  const auto line_of = [](const std::string& text) {
    const auto message = refusal(text);
    return message.substr(0, message.find(':'));
  };
  CHECK(line_of("policy = \"a\"\nversion = \n") == "line 2");
  CHECK(line_of("policy = \"a\"\n\npolicy = \"b\"\n") == "line 3");
  CHECK(line_of("\neffective_from = 2017-02-29\n") == "line 2");
  CHECK(line_of("version = 9223372036854775808\n") == "line 1");
  CHECK(line_of("title = \"\xff\"\n") == "line 1");
  CHECK(line_of(std::string("version\0 = 1", 12)) == "line 1");
  CHECK(refusal("") == "line 1: `policy`: got nothing, wanted this key, which cannot be left out");
}

TEST_CASE("deep nesting is refused and not followed") {
  const auto dotted = [](std::size_t count, const std::string& part) {
    std::string key = "a";
    for (std::size_t dots = 0; dots < count; ++dots) key += part;
    return key + " = 1\n";
  };
  CHECK(refusal(dotted(1'000, ".a")) == "line 1: got tables nested too deep, wanted at most 8");
  CHECK(refusal(dotted(29'000, ".a")) ==
        "line 1: got keys with very many dots, wanted at most 1000 dots outside texts");
  CHECK(refusal(dotted(14'000, ".\"a\"")) ==
        "line 1: got keys with very many dots, wanted at most 1000 dots outside texts");
  CHECK(refusal("b = \"\\\"\"\n" + dotted(14'000, ".'a'")) ==
        "line 2: got keys with very many dots, wanted at most 1000 dots outside texts");
  const auto arrays = std::string(29'000, '[') + std::string(29'000, ']');
  CHECK(refusal("a = " + arrays + "\n").starts_with("line 1: got "));
}

TEST_CASE("dots in texts and comments are not counted") {
  const auto text = test::shipped("commercial-2018");
  const std::string dots(2'000, '.');
  CHECK(refusal("# " + dots + "\nbrand = \"x\"\n" +
                test::changed(text, "2018 commercial policy\"", dots + "\"")) == "accepted");
  CHECK(refusal(test::changed(text, "\"2018 commercial policy\"", "'" + dots + "'")) == "accepted");
  CHECK(refusal(test::changed(text, "\"2018 commercial policy\"",
                              "\"\"\"a\\\n" + dots + "\"\"\"")) == "accepted");
}

TEST_CASE("a document longer than an event can hold is refused") {
  const auto text = test::shipped("commercial-2018");
  const auto padded = [&](std::size_t size) {
    return text + "#" + std::string(size - text.size() - 1, 'x');
  };
  CHECK(refusal(padded(60'000)) == "accepted");
  CHECK(refusal(padded(60'001)) == "line 1: got 60001 bytes, wanted at most 60000");
}

TEST_CASE("text that trips the parser's own assertions is refused") {
  CHECK(refusal("[=") != "accepted");
  CHECK(refusal("a = [\n[=") != "accepted");
  CHECK(refusal("[ \xe2\x82\xac") ==
        "line 1: got a character that is not ASCII, wanted quotes around it");
  CHECK(refusal("policy = \"x\"\n\"a\" = \xc3\xa9") ==
        "line 2: got a character that is not ASCII, wanted quotes around it");
  CHECK(refusal("\xef\xbb\xbfpolicy = 1\n\xe6\x94\xbf\xe7\xad\x96 = 1\n") ==
        "line 2: got a character that is not ASCII, wanted quotes around it");
  CHECK(refusal("a = \"\"\"x\\\xc3\xa9\"\"\"") ==
        "line 1: got a backslash before a character that is not ASCII, wanted an escape of TOML");
  CHECK(
      refusal("a = \"\"\"x\\ \n  \xc3\xa9\"\"\"") ==
      "line 2: got a joined line that begins with a character that is not ASCII, wanted a text of "
      "one line");
  CHECK(refusal("version = 2\"\xc3\xa9\"\n") ==
        "line 1: got a quote after other characters, wanted a text by itself");
  for (const auto* value : {"8=\"\xc3\xa9\"", "{ a = 1=\"\xc3\xa9\" }", "[1=\"\xc3\xa9\"]"}) {
    CHECK(refusal("a = " + std::string(value)) ==
          "line 1: got an equals sign in a value, wanted one value by itself");
  }
  CHECK(refusal("a = [\n1=\"\xc3\xa9\"]") ==
        "line 2: got an equals sign in a value, wanted one value by itself");
  CHECK(refusal("a = 8[\"\xc3\xa9\"]") ==
        "line 1: got a bracket after other characters, wanted an array or table by itself");
  for (const auto* value :
       {"8.\"\xc3\xa9\"", "8 \"\xc3\xa9\"", "[1] \"\xc3\xa9\"", "\"x\" \"\xc3\xa9\""}) {
    CHECK(refusal("a = " + std::string(value)) ==
          "line 1: got a quote after other characters, wanted a text by itself");
  }
  CHECK(refusal("version = 2\npolicy = \"\xff\"\n") ==
        "line 2: got a byte that is no part of a character, wanted UTF-8");
  CHECK(refusal("a = \"x\n\xc3\xa9 = 1") ==
        "line 2: got a character that is not ASCII, wanted quotes around it");
}

TEST_CASE("a byte order mark and texts in any script are welcome") {
  const auto text = test::shipped("commercial-2018");
  CHECK(refusal("\xef\xbb\xbf" + text) == "accepted");
  CHECK(refusal(test::changed(text, "\"2018 commercial policy\"",
                              "\"\"\"\xc3\xa9\\u00e9\\\\\xc3\xa9\"\"\"\"\" # \xe3\x80\x82")) ==
        "accepted");
}

}  // namespace
}  // namespace projections::policy
