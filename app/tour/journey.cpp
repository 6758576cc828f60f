#include "app/tour/journey.h"

#include <array>
#include <chrono>
#include <cstdio>
#include <thread>

namespace bordereau::app {
namespace {

// Frames that a change needs at most until everything lies where it belongs.
constexpr int kSettling = 4;

}  // namespace

Journey::Journey(shell::Window& window, std::filesystem::path folder, Services services)
    : window_(window), folder_(std::move(folder)) {
    StageOptions options;
    options.folder = folder_ / "notebook";
    options.services = std::move(services);
    options.wake = window.waker();
    stage_.emplace(std::move(options));
    client_.emplace(*stage_, window.type(), window.content_scale(),
                    [&window](double seconds) { window.draw_after(seconds); });
}

void Journey::step() {
    client_->restyle();
    if (window_.step([this] { client_->draw(); }) == shell::Step::closed)
        fail({ErrorCode::cancelled, "the window was closed"});
}

void Journey::ask(const Command& command) {
    if (!going()) return;
    stage_->carry_out(command);
    stage_->settle();
    window_.draw_after(0);
    for (int i = 0; i < kSettling; ++i) step();
}

void Journey::answer(std::string_view path_or_name, std::string_view value) {
    if (!going()) return;
    const form::Session& session = stage_->filling()->session();
    const form::NodeId node = find_question(session, path_or_name);
    if (!session.relevant(node))
        return fail({ErrorCode::invalid, "not asked: " + std::string{path_or_name}});
    stage_->carry_out(Answer{session.key_path(node), std::string{value}});
    if (stage_->views().frame.message.tone == Tone::error)
        return fail({ErrorCode::invalid, "not recorded: " + std::string{path_or_name}});
    step();
}

void Journey::play(std::string_view script) {
    const auto steps = read_script(script);
    if (!steps) return fail(steps.error());
    for (const ScriptStep& line : *steps) {
        if (!going()) return;
        const form::Session& session = stage_->filling()->session();
        switch (line.kind) {
            case ScriptStep::Kind::answer: answer(line.path, line.value); break;
            case ScriptStep::Kind::add:
                ask(AddRepeat{session.key_path(find_repeat(session, line.path))});
                break;
            case ScriptStep::Kind::remove:
                ask(RemoveRepeat{session.key_path(find_question(session, line.path))});
                break;
        }
    }
}

void Journey::picture(std::string_view name) {
    if (!going()) return;
    client_->restyle();
    auto taken = window_.picture([this] { client_->draw(); });
    if (!taken) return fail(std::move(taken).error());
    std::array<char, 16> number{};
    std::snprintf(number.data(), number.size(), "%02d-", ++pictures_);
    const auto file = folder_ / "pictures" / (number.data() + std::string{name} + ".png");
    if (Status written = shell::write_png(*taken, file.string()); !written)
        fail(std::move(written).error());
}

void Journey::look_at(std::string_view question) {
    if (!going()) return;
    const form::Session& session = stage_->filling()->session();
    ask(OpenQuestion{session.key_path(find_question(session, question))});
}

void Journey::show(ReviewPage page) {
    if (!going()) return;
    client_->show(page);
    for (int i = 0; i < kSettling; ++i) step();
}

void Journey::resize(int width, int height) {
    if (!going()) return;
    window_.resize(width, height);
    for (int i = 0; i < kSettling; ++i) step();
}

void Journey::change_person(const std::string& person, const std::string& passphrase) {
    ask(Lock{});
    ask(Unlock{person, passphrase});
    expect(stage_->desk() != nullptr, "unlocked as " + person);
}

void Journey::wait_for(std::string_view what, const std::function<bool()>& condition,
                       double seconds) {
    using Clock = std::chrono::steady_clock;
    const auto end = Clock::now() + std::chrono::duration<double>(seconds);
    while (going() && !condition()) {
        if (Clock::now() > end)
            return fail({ErrorCode::invalid, "waited in vain for " + std::string{what}});
        window_.draw_after(0.05);
        window_.wait();
        stage_->carry_out(DismissMessage{});
        step();
    }
}

void Journey::expect(bool holds, std::string_view what) {
    if (!holds && going()) fail({ErrorCode::invalid, "not as expected: " + std::string{what}});
}

void Journey::fail(Error error) {
    if (going()) status_ = std::move(error);
}

AuditId Journey::audit_of(std::string_view form) {
    if (!going()) return {};
    storage::AuditFilter filter;
    filter.form = FormId{std::string{form}};
    const auto audits = storage::Audits{desk().notebook()}.list(filter);
    if (audits && audits->size() == 1) return audits->front().id;
    fail({ErrorCode::invalid, "not one audit of " + std::string{form}});
    return {};
}

storage::AuditState Journey::state_of(const AuditId& audit) {
    if (!going()) return storage::AuditState::draft;
    const auto found = desk().audit(audit);
    if (found) return found->state;
    fail(found.error());
    return storage::AuditState::draft;
}

}  // namespace bordereau::app
