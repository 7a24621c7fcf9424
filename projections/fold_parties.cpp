#include "projections/fold_step.h"

namespace projections {

using ledger::Date;
using ledger::Ok;

Status Step::apply(const schema::PolicyPublished& data) {
  PackShelf own;
  auto& shelf = facts_.shelf != nullptr ? *facts_.shelf : own;
  auto pack = shelf.pack(view(data.document()));
  if (!pack) {
    return ledger::Error{ledger::ErrorCode::corrupt,
                         ledger::worded("entry {} publishes a policy pack that cannot be read: {}",
                                        "条目 {} 发布的政策包无法读取：{}", entry_.index.value,
                                        pack.error().message)};
  }
  auto made = fact<PackPublished>();
  made.policy = policy_id(data.policy());
  made.pack = static_cast<std::uint32_t>(facts_.packs.size());
  facts_.packs.push_back(*std::move(pack));
  facts_.packs_published.add(facts_.policies[made.policy.value].published, made);
  return Ok{};
}

void Step::apply(const schema::PolicyNoticeDelivered& data) {
  auto made = fact<NoticeDelivered>();
  made.version = data.version();
  made.dealer = dealer_id(data.dealer());
  facts_.notices.add(facts_.policies[policy_id(data.policy()).value].notices, made);
}

void Step::apply(const schema::CalendarPublished& data) {
  auto made = fact<CalendarPublished>();
  made.year = data.year();
  for (const auto day : *data.holidays()) made.holidays.push_back(Date{day});
  for (const auto day : *data.workdays()) made.workdays.push_back(Date{day});
  facts_.calendars.add(facts_.calendar_chain, std::move(made));
}

void Step::apply(const schema::BankListPublished& data) {
  auto made = fact<BankListPublished>();
  for (const auto* bank : *data.refused_banks()) made.banks.push_back(text(bank));
  facts_.bank_lists.add(facts_.bank_list_chain, std::move(made));
}

void Step::apply(const schema::DealerAuthorised& data) {
  auto made = fact<DealerAuthorised>();
  made.level = data.level();
  made.uscc = text(data.uscc());
  facts_.authorised.add(facts_.dealers[dealer_id(data.dealer()).value].authorised, made);
}

void Step::apply(const schema::DealerSuspended& data) {
  facts_.suspended.add(facts_.dealers[dealer_id(data.dealer()).value].suspended,
                       fact<DealerSuspended>());
}

void Step::apply(const schema::DealerContractSigned& data) {
  auto made = fact<ContractSigned>();
  made.year = data.year();
  made.target = data.target_vehicles();
  facts_.contracts.add(facts_.dealers[dealer_id(data.dealer()).value].contracts, made);
}

void Step::apply_manager(const flatbuffers::String* dealer, const schema::Personal* person,
                         bool assigned) {
  auto made = fact<ManagerChanged>();
  made.person = text(person);
  made.assigned = assigned;
  facts_.managers.add(facts_.dealers[dealer_id(dealer).value].managers, made);
}

void Step::apply(const schema::SetoffApplied& data) {
  auto made = fact<SetoffApplied>();
  made.dealer = dealer_id(data.dealer());
  made.amount_fen = data.amount_fen();
  facts_.setoffs.add(facts_.setoff_chain, made);
}

void Step::apply(const schema::CustomerRegistered& data) {
  auto made = fact<CustomerRegistered>();
  made.customer_class = data.class_();
  made.uscc = text(data.uscc());
  facts_.registered.add(facts_.customers[customer_id(data.customer()).value].registered, made);
}

void Step::apply(const schema::CustomerRelationAsserted& data) {
  auto made = fact<RelationAsserted>();
  made.customer = customer_id(data.customer());
  made.related = customer_id(data.related());
  made.kind = data.kind();
  made.evidenced = data.evidence()->size() > 0;
  auto& of_related = facts_.customers[made.related.value].asserted_of;
  made.previous_of_related = of_related;
  facts_.relations.add(facts_.customers[made.customer.value].asserted, made);
  of_related = facts_.customers[made.customer.value].asserted;
}

void Step::apply(const schema::CustomerRelationEnded& data) {
  auto made = fact<RelationEnded>();
  made.related = customer_id(data.related());
  facts_.relations_ended.add(facts_.customers[customer_id(data.customer()).value].ended, made);
}

void Step::apply(const schema::CustomerRecognitionApproved& data) {
  auto made = fact<RecognitionApproved>();
  made.approver_role = text(data.approver_role());
  made.rate_fen = data.rate_fen();
  made.pr_confirmed = data.pr_confirmed();
  made.gm_office_filed = data.gm_office_filed();
  facts_.recognitions.add(facts_.customers[customer_id(data.customer()).value].recognitions, made);
}

void Step::apply(const schema::CustomerAgentAuthorised& data) {
  auto made = fact<AgentAuthorised>();
  made.agent = text(data.agent());
  made.valid_from = Date{data.valid_from()};
  made.valid_to = Date{data.valid_to()};
  made.evidenced = data.evidence()->size() > 0;
  facts_.agents.add(facts_.customers[customer_id(data.customer()).value].agents, made);
}

}  // namespace projections
