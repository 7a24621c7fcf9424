// What a fold keeps of a log: the facts that rules read, as small records in tables,
// with ids interned to integers. Superseded and voided facts stay, marked: which of them
// count is decided when a rule asks, under the view it asks for (standing.h).
#pragma once

#include <compare>
#include <cstdint>
#include <memory>
#include <vector>

#include "ledger/base/time.h"
#include "ledger/rules_version.h"
#include "projections/fact_table.h"
#include "projections/names.h"
#include "projections/pack_shelf.h"
#include "projections/policy/calendar.h"
#include "projections/policy/pack.h"
#include "projections/rule_book.h"
#include "schemas/event_generated.h"

namespace projections {

namespace schema = ledger::schema;

// When a system of record learned of something (`recordedtime`, else the ledger's own
// clock), with the number of fraction digits it was given.
struct Recorded {
  std::int64_t ns = 0;
  std::uint8_t fraction_digits = 0;
  auto operator<=>(const Recorded&) const = default;
};

// --- Rules

struct PackPublished : Fact {
  PolicyId policy;
  std::uint32_t pack = 0;  // in Facts::packs
};

struct NoticeDelivered : Fact {
  int version = 0;
  DealerId dealer;
};

struct CalendarPublished : Fact {
  int year = 0;
  std::vector<ledger::Date> holidays, workdays;
};

struct BankListPublished : Fact {
  std::vector<TextId> banks;
};

// --- Dealers

struct DealerAuthorised : Fact {
  int level = 0;
  TextId uscc;
};

struct DealerSuspended : Fact {};

struct ContractSigned : Fact {
  int year = 0;
  std::int32_t target = 0;
};

struct ManagerChanged : Fact {
  TextId person;
  bool assigned = false;
};

struct SetoffApplied : Fact {
  DealerId dealer;
  std::int64_t amount_fen = 0;
};

// --- Customers

struct CustomerRegistered : Fact {
  schema::CustomerClass customer_class{};
  TextId uscc;
};

struct RelationAsserted : Fact {
  CustomerId customer, related;
  schema::CustomerRelationKind kind{};
  bool evidenced = false;
  FactRef previous_of_related = no_fact;
};

struct RelationEnded : Fact {
  CustomerId related;
};

struct RecognitionApproved : Fact {
  TextId approver_role;
  std::int64_t rate_fen = 0;
  bool pr_confirmed = false, gm_office_filed = false;
};

struct AgentAuthorised : Fact {
  TextId agent;
  ledger::Date valid_from, valid_to;
  bool evidenced = false;
};

// --- Filings and agreements

struct FilingSubmitted : Fact {
  DealerId dealer;
  CustomerId customer;
  TextId agent;
  PolicyId policy;
};

// What moves a filing: everything but its submission.
struct FilingMoved : Fact {
  enum class Kind : std::uint8_t {
    approved,
    disapproved,
    confirmed,
    rejected,
    released,
    reassigned,
    progress
  };
  Kind kind{};
  DealerId to_dealer;  // reassigned
  Recorded recorded;
};

struct AgreementSigned : Fact {};

struct AgreementMoved : Fact {
  bool uploaded = false;  // else terminated
};

// --- Orders

struct OrderCreated : Fact {
  OrderId order;
  DealerId dealer;
  CustomerId customer;
  FilingId filing;
  ProjectId project;  // the order's own id where it names none
  AgreementId agreement;
  PolicyId policy;
  std::int32_t quantity = 0;
  schema::Channel channel{};
  bool special_spec = false;
};

struct SpecApproved : Fact {};

struct SupportRequested : Fact {
  OrderId order;
  schema::SupportKind kind{};
  Recorded recorded;
};

struct SupportDecided : Fact {
  schema::SupportKind kind{};
  bool approved = false;
  std::int64_t rate_fen = 0;  // of an approved special
  Recorded recorded;
};

struct StatusEntered : Fact {
  Recorded recorded;
};

struct QuantityReduced : Fact {
  std::int32_t quantity = 0;
};

struct OrderCancelled : Fact {};

struct TenderWon : Fact {
  bool complete = false;  // national, informed and took part
};

struct RewardDecided : Fact {
  std::int32_t rate_bp = 0;
};

// --- Vehicles

// A delivery or a return.
struct Movement : Fact {
  VinId vin;
  OrderId order;
  bool delivery = false;
  Recorded recorded;
};

struct Invoiced : Fact {
  VinId vin;
  OrderId order;
  DealerId dealer;
  std::int64_t price_fen = 0;
};

struct VehicleRegistered : Fact {};

struct LocalSubsidyApplied : Fact {};

struct DemoMoved : Fact {
  enum class Kind : std::uint8_t { applied, approved, purchased, documents_sent, disposed };
  Kind kind{};
  std::uint8_t ordinal = 0;
  DealerId dealer;
  std::int64_t guide_price_fen = 0, price_fen = 0;
};

// --- Settlement

// A request, a grant or a refusal.
struct Settlement : Fact {
  enum class Kind : std::uint8_t { requested, approved, refused };
  Kind step{};
  schema::LineKind kind{};
  OrderId order;
  SettlementId settlement;
  std::int64_t amount_fen = 0;
  Recorded recorded;
  FactRef previous_of_order = no_fact;
};

struct ClawbackIssued : Fact {
  ClawbackId clawback;
  DealerId dealer;
  OrderId order;  // absent: a demo car's preference
  schema::LineKind kind{};
  VinId vin;
  std::int64_t amount_fen = 0;
};

// A recovery or a waiver.
struct ClawbackReduced : Fact {
  bool waived = false;  // else recovered
  std::int64_t amount_fen = 0;
};

// --- Commercial policy

struct BillTendered : Fact {
  DealerId dealer;
  TextId bank;
  bool local_small_bank = false;
  std::int64_t face_fen = 0;
  ledger::Date issued_on, matures_on;
  std::uint32_t endorsements = 0;
};

struct BillDecided : Fact {
  bool accepted = false;
  std::int64_t deduction_fen = 0;
};

struct RebatePaid : Fact {
  DealerId dealer;
  TextId month;
  std::int64_t amount_fen = 0;
};

// --- Oversight

struct ComplaintOpened : Fact {
  DealerId dealer;
  OrderId order;
};

struct ComplaintAdjudicated : Fact {
  bool at_fault = false, major_loss = false;
};

// Everything that moves a finding, its appeals included.
struct FindingMoved : Fact {
  enum class Kind : std::uint8_t { raised, confirmed, dismissed, upheld, reversed, amended };
  Kind move{};
  schema::FindingKind kind{};    // raised, confirmed
  schema::FindingScope scope{};  // confirmed
  DealerId dealer;
  OrderId order;
  std::uint32_t vins_from = 0, vins_to = 0;  // in Facts::finding_vins
};

struct PenaltyImposed : Fact {
  PenaltyId penalty;
  DealerId dealer;
  FindingId finding;  // one of these two
  ComplaintId complaint;
  std::int64_t amount_fen = 0;
};

struct PenaltyPaid : Fact {
  std::int64_t amount_fen = 0;
};

// The chains of one entity, by kind of fact.
struct Dealer {
  FactRef authorised = no_fact, suspended = no_fact, contracts = no_fact, managers = no_fact;
};

struct Customer {
  FactRef registered = no_fact, asserted = no_fact, asserted_of = no_fact, ended = no_fact;
  FactRef recognitions = no_fact, agents = no_fact;
};

struct Filing {
  FactRef submitted = no_fact, moves = no_fact;
};

struct Agreement {
  FactRef signed_on = no_fact, moves = no_fact;
};

struct Order {
  FactRef created = no_fact, specs = no_fact, requested = no_fact, decided = no_fact,
          status = no_fact;
  FactRef reduced = no_fact, cancelled = no_fact, tenders = no_fact, rewards = no_fact;
  FactRef settlements = no_fact;
};

struct Vehicle {
  FactRef movements = no_fact, invoices = no_fact, demo = no_fact;
  FactRef registrations = no_fact, local_subsidies = no_fact;
};

struct Finding {
  FactRef moves = no_fact;
};

struct Penalty {
  FactRef imposed = no_fact, paid = no_fact;
};

struct Complaint {
  FactRef opened = no_fact, adjudicated = no_fact;
};

struct Clawback {
  FactRef issued = no_fact, reduced = no_fact;
};

struct Bill {
  FactRef tendered = no_fact, decided = no_fact;
};

struct Policy {
  FactRef published = no_fact, notices = no_fact;
};

// The state of a fold. Entities are indexed by the numbers of their names. Built by one
// thread (fold.h), then read by any number.
struct Facts {
  Names order_names, dealer_names, customer_names, vin_names, project_names, filing_names;
  Names agreement_names, finding_names, penalty_names, complaint_names, clawback_names;
  Names settlement_names, bill_names, policy_names, texts;

  std::vector<Order> orders;
  std::vector<Dealer> dealers;
  std::vector<Customer> customers;
  std::vector<Vehicle> vehicles;
  std::vector<Filing> filings;
  std::vector<Agreement> agreements;
  std::vector<Finding> findings;
  std::vector<Penalty> penalties;
  std::vector<Complaint> complaints;
  std::vector<Clawback> clawbacks;
  std::vector<Bill> bills;
  std::vector<Policy> policies;
  std::vector<FactRef> settlement_chains;  // by settlement

  FactTable<PackPublished> packs_published;
  FactTable<NoticeDelivered> notices;
  FactTable<CalendarPublished> calendars;
  FactTable<BankListPublished> bank_lists;
  FactTable<DealerAuthorised> authorised;
  FactTable<DealerSuspended> suspended;
  FactTable<ContractSigned> contracts;
  FactTable<ManagerChanged> managers;
  FactTable<SetoffApplied> setoffs;
  FactTable<CustomerRegistered> registered;
  FactTable<RelationAsserted> relations;
  FactTable<RelationEnded> relations_ended;
  FactTable<RecognitionApproved> recognitions;
  FactTable<AgentAuthorised> agents;
  FactTable<FilingSubmitted> submitted;
  FactTable<FilingMoved> filing_moves;
  FactTable<AgreementSigned> agreements_signed;
  FactTable<AgreementMoved> agreement_moves;
  FactTable<OrderCreated> created;
  FactTable<SpecApproved> specs;
  FactTable<SupportRequested> support_requested;
  FactTable<SupportDecided> support_decided;
  FactTable<StatusEntered> status;
  FactTable<QuantityReduced> reduced;
  FactTable<OrderCancelled> cancelled;
  FactTable<TenderWon> tenders;
  FactTable<RewardDecided> rewards;
  FactTable<Movement> movements;
  FactTable<Invoiced> invoices;
  FactTable<VehicleRegistered> registrations;
  FactTable<LocalSubsidyApplied> local_subsidies;
  FactTable<DemoMoved> demos;
  FactTable<Settlement> settlements;
  FactTable<ClawbackIssued> clawbacks_issued;
  FactTable<ClawbackReduced> clawbacks_reduced;
  FactTable<BillTendered> bills_tendered;
  FactTable<BillDecided> bills_decided;
  FactTable<RebatePaid> rebates_paid;
  FactTable<ComplaintOpened> complaints_opened;
  FactTable<ComplaintAdjudicated> complaints_adjudicated;
  FactTable<FindingMoved> finding_moves;
  FactTable<PenaltyImposed> penalties_imposed;
  FactTable<PenaltyPaid> penalties_paid;

  FactRef calendar_chain = no_fact, bank_list_chain = no_fact, setoff_chain = no_fact;
  FactRef rebate_chain = no_fact;
  std::vector<VinId> finding_vins;
  std::vector<std::shared_ptr<const policy::Pack>> packs;
  PackShelf* shelf = nullptr;  // where packs are looked for first; may be shared

  const RuleBook* rules = &rule_book();  // outlives the facts
  // Events of later versions are read by this one.
  std::uint16_t rules_version_max = ledger::rules_version_now;

  // Marks all that the event at `index` left as voided.
  void mark_voided(std::uint32_t index);
};

}  // namespace projections
