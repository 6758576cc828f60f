// Bundles to and from sticks and exchanges with laptops nearby, as long works.
#include <algorithm>

#include "app/present/bundles.h"
#include "app/stage.h"

namespace bordereau::app {

void Stage::write_bundle(const std::string& place) {
    // What every receiver has acknowledged stays out: a stick is carried often.
    auto work = desk_->bundle_to({place, std::nullopt, true, 0});
    if (!work) return say(Doing::writing_bundle, work.error());
    browsing_.reset();
    const auto told = std::make_shared<MessageView>();
    begin_work(std::string{words_("work.writing_bundle")}, Doing::writing_bundle,
               [work = *std::move(work), told,
                words = words_](const storage::GoingOn& going_on) -> Status {
                   auto made = work(going_on);
                   if (!made) return made.error();
                   *told = message_of(told_of(words, *made));
                   return done();
               },
               {});
    work_told_ = told;
}

void Stage::read_bundles(const std::vector<std::string>& places) {
    auto work = desk_->bundles_from({places.begin(), places.end()});
    if (!work) return say(Doing::reading_bundle, work.error());
    browsing_.reset();
    const auto told = std::make_shared<MessageView>();
    begin_work(std::string{words_("work.reading_bundle")}, Doing::reading_bundle,
               [work = *std::move(work), told,
                words = words_](const storage::GoingOn& going_on) -> Status {
                   auto imported = work(going_on);
                   if (!imported) return imported.error();
                   *told = message_of(told_of(words, *imported));
                   return done();
               },
               {});
    work_told_ = told;
}

void Stage::meet(const std::string& address) {
    auto work = desk_->meet(address);
    if (!work) return say(Doing::meeting, work.error());
    begin_work(
        std::string{words_("sync.lan.working")}, Doing::meeting,
        [work = *std::move(work)](const storage::GoingOn& going_on) -> Status {
            return work(going_on).status;
        },
        std::string{words_("sync.lan.done")});
}

}  // namespace bordereau::app
