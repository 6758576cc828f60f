// Laptops that come into the team, and go, by codes that people carry.
#include "app/desk/folders.h"
#include "app/desk/members.h"
#include "app/present/laptops.h"
#include "app/stage.h"
#include "storage/files.h"
#include "storage/teams.h"

namespace bordereau::app {

bool Stage::laptops_went_well(Doing doing, const Status& status) {
    laptops_problem_ = status ? std::string{} : sentence_for(words_, doing, status.error());
    return status.ok();
}

void Stage::admit_laptop_now(const AdmitLaptop& asked) {
    const auto role = storage::role(asked.role);
    if (!role) return;
    auto admitted = admit_laptop(desk_->notebook(), {asked.code, asked.name, *role, {}});
    if (!laptops_went_well(Doing::admitting, admitted ? done() : Status{admitted.error()})) return;
    admitted_ = *std::move(admitted);
}

void Stage::revoke_laptop(const RevokeLaptop& asked) {
    const auto member = find_member(desk_->notebook(), asked.device);
    if (!laptops_went_well(Doing::admitting, member ? done() : Status{member.error()})) return;
    if (!laptops_went_well(Doing::admitting,
                           desk_->notebook().revoke(member->device(), asked.reason)))
        return;
    say(Tone::good, words_("member.revoke.done", {{"device", member->name}}));
}

void Stage::join_laptops(const JoinLaptops& asked) {
    if (!laptops_went_well(Doing::joining, desk_->join_by_certificate(asked.code))) return;
    const auto team = storage::Teams{desk_->notebook()}.current();
    say(Tone::good, words_("laptops.joined", {{"team", team ? team->name : std::string{}}}));
}

void Stage::save_code(const SaveCode& asked) {
    std::string text;
    if (asked.answer && admitted_) text = admitted_->code;
    if (!asked.answer)
        if (auto own = device_code(desk_->notebook())) text = *std::move(own);
    if (text.empty()) return;
    if (laptops_went_well(Doing::reporting, storage::replace_file(asked.path, text + "\n")))
        say(Tone::good, words_("laptops.saved", {{"path", asked.path}}));
}

Status Stage::show_laptops(const Presenting& present) {
    const auto sticks = sticks_in(options_.places);
    const std::string folder = sticks.empty()
                                   ? (desk_->notebook().folder() / "..").lexically_normal().string()
                                   : sticks.front();
    auto laptops =
        present_laptops(present, *desk_, admitted_, folder, std::move(views_.people.laptops));
    if (!laptops) return laptops.error();
    views_.people.laptops = *std::move(laptops);
    views_.people.laptops.problem = laptops_problem_;
    views_.people.laptops.camera = has_camera();
    views_.people.laptops.scanned = scanned_;
    return done();
}

}  // namespace bordereau::app
