// The satellite receiver, while a person asks it for a place.
#include <algorithm>
#include <charconv>

#include "app/present/answer_words.h"
#include "app/present/blocks.h"
#include "app/stage.h"

namespace bordereau::app {
namespace {

// XLSForm's "capture-accuracy", which converters hand on as accuracyThreshold.
double good_enough(const form::Session& session, form::NodeId node, double otherwise) {
    const form::Element* element = session.element_of(node);
    if (element == nullptr) return otherwise;
    const std::string_view wished = session.parameter(*element, "accuracyThreshold");
    double metres = 0;
    std::from_chars(wished.data(), wished.data() + wished.size(), metres);
    return metres > 0 ? metres : otherwise;
}

}  // namespace

void Stage::ask_receiver(const std::string& question) {
    const form::Session& session = filling_->session();
    const form::NodeId node = session.find_key_path(question);
    if (!filling_->editable() || node == form::NodeId{} || session.readonly(node)) return;
    Receiver::Options options = options_.receiver;
    options.good_enough = good_enough(session, node, options.good_enough);
    receiver_ = std::make_unique<Receiver>(options, options_.wake);
    receiver_for_ = question;
    receiver_state_ = receiver_->state();
}

void Stage::stop_receiver(bool take) {
    if (!receiver_) return;
    receiver_state_ = receiver_->state();
    receiver_.reset();
    const auto best = receiver_state_.best;
    if (take && best) answer_place(receiver_for_, *best);
    receiver_for_.clear();
}

// What it told since the last look; it ends by itself.
void Stage::hear_receiver() {
    if (!receiver_) return;
    dirty_ = true;
    receiver_state_ = receiver_->state();
    if (receiver_state_.end == ReceiverState::End::none) return;
    receiver_.reset();
    const bool taken = receiver_state_.end == ReceiverState::End::good ||
                       receiver_state_.end == ReceiverState::End::patience;
    if (taken && receiver_state_.best) answer_place(receiver_for_, *receiver_state_.best);
}

// The only answer of a point; the next point of a line.
void Stage::answer_place(const std::string& question, const Fix& fix) {
    const form::Session& session = filling_->session();
    const form::NodeId node = session.find_key_path(question);
    std::string value = text::stored(position_of(fix));
    const form::Element* element = session.element_of(node);
    if (element != nullptr && element->widget != form::Widget::geopoint)
        value = with_point(element->widget, session.value(node), position_of(fix));
    carry_out(Command{Answer{question, std::move(value)}});
    go_on_after(question, form::Widget::geopoint);
}

void Stage::put_place(const PutPlace& asked) {
    const form::Session& session = filling_->session();
    const form::Element* element = session.element_of(session.find_key_path(asked.question));
    if (element == nullptr) return;
    const form::NodeId node = element->node;
    const std::string stood = session.value(node);
    const std::string before = answer_for_people(words_, session, *element, stood);
    const std::string label = session.label(*element);
    carry_out(Command{Answer{asked.question, asked.text}});
    const bool moved = !stood.empty() && session.value(node) != stood;
    if (moved && filling_->saved())
        say(Tone::info, words_("message.place_moved", {{"question", label}, {"place", before}}));
}

void Stage::show_positions() {
    if (place_ != Place::fill && place_ != Place::review) return;
    auto& rows = place_ == Place::fill ? views_.fill.questions : views_.review.questions;
    const auto of_place = [](const QuestionView* row) { return asks_for_place(*row); };
    if (std::ranges::none_of(questions_in(rows), of_place)) return;
    if (!world_) world_ = world_lines();
    PositionSources from{world_, {}, receiver_for_};
    if (!receiver_for_.empty()) from.receiver = present_receiver(words_, receiver_state_);
    present_positions(words_, *filling_, from, rows);
}

}  // namespace bordereau::app
