// app/tour/journey.h - what the steps of the tour work with: the window, its stage, and checks.
// After a step has failed, every further call does nothing; status() tells the first failure.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "app/client.h"
#include "app/shell/window.h"
#include "app/stage.h"
#include "storage/base/result.h"

namespace bordereau::app {

class Journey {
public:
    Journey(shell::Window& window, std::filesystem::path folder, Services services);

    /// Asks for something as a person would, and draws the frames that follow.
    void ask(const Command& command);
    /// Records one line of an answer script through the same commands.
    void answer(std::string_view path_or_name, std::string_view value);
    /// Plays a worked sample, line by line.
    void play(std::string_view script);

    /// Draws until all is still, then saves pictures/NN-name.png.
    void picture(std::string_view name);
    /// Opens the section that holds a question and scrolls to it.
    void look_at(std::string_view question);
    void show(ReviewPage page);
    void resize(int width, int height);

    /// Lets the person of the stage go and another one unlock.
    void change_person(const std::string& person, const std::string& passphrase);
    /// Draws until the condition holds; a failure after `seconds`.
    void wait_for(std::string_view what, const std::function<bool()>& condition,
                  double seconds = 30);

    void expect(bool holds, std::string_view what);
    template <class Seen, class Wanted>
    void expect_equal(const Seen& seen, const Wanted& wanted, std::string_view what);
    void fail(Error error);
    bool going() const { return status_.ok(); }
    const Status& status() const { return status_; }

    /// Id of the only audit with this form.
    AuditId audit_of(std::string_view form);
    storage::AuditState state_of(const AuditId& audit);

    Stage& stage() { return *stage_; }
    Desk& desk() { return *stage_->desk(); }
    const std::filesystem::path& folder() const { return folder_; }

private:
    void step();

    shell::Window& window_;
    std::filesystem::path folder_;
    Status status_ = done();
    std::optional<Stage> stage_;
    std::optional<Client> client_;
    int pictures_ = 0;
};

template <class Seen, class Wanted>
void Journey::expect_equal(const Seen& seen, const Wanted& wanted, std::string_view what) {
    expect(seen == wanted, what);
}

}  // namespace bordereau::app
