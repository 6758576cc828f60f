#include "tests/sync/simulation/work.h"

#include <array>

#include "storage/answers.h"
#include "storage/audits.h"
#include "storage/registers.h"
#include "storage/reviews.h"
#include "tests/sync/simulation/contradiction.h"

namespace bordereau::simulation {
namespace {

using storage::AuditSummary;
using storage::Notebook;

// What a person may be told, so that it is no fault of the program's.
void allow(const Laptop& laptop, const Status& status) {
    if (status) return;
    const ErrorCode code = status.error().code;
    if (laptop.disk_full && code == ErrorCode::full) return;
    insist(code == ErrorCode::refused || code == ErrorCode::invalid || code == ErrorCode::not_found,
           laptop.name() + ": " + status.error().detail);
}

std::string any_path(Dice& dice) {
    return "/f/q" + std::to_string(dice.roll(6));
}

void promise(Laptop& laptop, const AuditId& audit, const storage::GivenAnswer& given) {
    laptop.promises.push_back({audit, given.path, given.value, laptop.notebook().device()});
}

storage::GivenAnswer any_answer(World& world) {
    const std::string value = "value " + std::to_string(++world.values);
    return {any_path(world.dice), world.dice.chance(90) ? std::optional{value} : std::nullopt};
}

void answer(World& world, Laptop& laptop, const AuditId& audit) {
    storage::Answers answers{laptop.notebook()};
    std::vector<storage::GivenAnswer> given;
    for (std::size_t left = 1 + world.dice.roll(3); left > 0; --left)
        given.push_back(any_answer(world));
    const Status kept = answers.record(audit, given);
    allow(laptop, kept);
    if (!kept) return;
    world.tell(laptop.name() + " answers " + audit.text + " " + given.back().value.value_or("-"));
    for (const auto& one : given) promise(laptop, audit, one);
}

void decide(Laptop& laptop, const AuditId& audit) {
    storage::Answers answers{laptop.notebook()};
    const auto conflicts = need(answers.conflicts(audit), "reading conflicts");
    if (conflicts.empty()) return;
    const storage::GivenAnswer given{conflicts.front().path, conflicts.back().value};
    const Status kept = answers.decide(audit, given.path, given.value);
    allow(laptop, kept);
    if (kept) promise(laptop, audit, given);
}

void begin(World& world, Laptop& laptop) {
    const auto audit = storage::Audits{laptop.notebook()}.create({"f"}, "1", "An audit");
    allow(laptop, audit ? done() : Status{audit.error()});
    if (audit) world.tell(laptop.name() + " begins " + audit->text);
    if (audit) answer(world, laptop, *audit);
}

void review(World& world, Laptop& laptop, const AuditId& audit) {
    storage::Reviews reviews{laptop.notebook()};
    switch (world.dice.roll(6)) {
        case 0: return allow(laptop, reviews.send_back(audit, "Please look again"));
        case 1: return allow(laptop, reviews.approve(audit, ""));
        case 2: return allow(laptop, reviews.reject(audit, "Of another place"));
        case 3:
            return allow(laptop, reviews.judge(audit, any_path(world.dice), storage::Verdict::open,
                                               "Not seen"));
        case 4: {
            const auto made = reviews.comment(audit, any_path(world.dice), "A remark");
            return allow(laptop, made ? done() : Status{made.error()});
        }
        default: break;
    }
    const auto comments = need(reviews.comments(audit), "reading comments");
    if (!comments.empty()) allow(laptop, reviews.resolve(audit, comments.front().id));
}

void keep_register(World& world, Laptop& laptop) {
    storage::Registers registers{laptop.notebook()};
    const std::string key = "unit " + std::to_string(world.dice.roll(4));
    if (world.dice.chance(20)) return allow(laptop, registers.remove("unit", key));
    allow(laptop, registers.put("unit", key, "{\"n\":" + std::to_string(++world.values) + "}"));
}

void seal(World& world, Laptop& laptop) {
    auto& journal = laptop.notebook().journal();
    const auto sealed = world.dice.chance(60) ? journal.seal_finished() : journal.seal_all();
    allow(laptop, sealed ? done() : Status{sealed.error()});
    if (sealed)
        world.tell(laptop.name() + " seals " + std::to_string(sealed->changesets) + " changesets");
}

void work_on(World& world, Laptop& laptop, const AuditId& audit) {
    storage::Audits audits{laptop.notebook()};
    switch (world.dice.roll(10)) {
        case 0:
        case 1: {
            const Status finalized = audits.finalize(audit);
            if (finalized) world.tell(laptop.name() + " finalizes " + audit.text);
            return allow(laptop, finalized);
        }
        case 2: return allow(laptop, audits.label(audit, any_path(world.dice), "Unit"));
        case 3: return allow(laptop, audits.take_over(audit, "On leave"));
        case 4: return decide(laptop, audit);
        case 5:
        case 6: return review(world, laptop, audit);
        default: return answer(world, laptop, audit);
    }
}

}  // namespace

void work(World& world, Laptop& laptop) {
    if (world.dice.chance(15)) return keep_register(world, laptop);
    if (world.dice.chance(20)) return seal(world, laptop);
    const auto audits = need(storage::Audits{laptop.notebook()}.list({}), "listing audits");
    if (audits.empty() || world.dice.chance(20)) return begin(world, laptop);
    work_on(world, laptop, audits[world.dice.roll(audits.size())].id);
}

}  // namespace bordereau::simulation
