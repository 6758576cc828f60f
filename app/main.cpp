// app/main.cpp - bordereau: without a subcommand its window, with one the command line.
#include <cstdio>
#include <cstdlib>
#include <memory>

#include "app/cli/cli.h"
#include "app/client.h"
#include "app/shell/clipboard.h"
#include "app/shell/resume_watch.h"
#include "app/shell/sleep_watch.h"
#include "app/shell/window.h"
#include "app/stage.h"
#include "app/text/fonts.h"
#include "app/tour/tour.h"
#include "app/widgets/narrator.h"
#include "storage/attachments.h"

namespace bordereau::app {
namespace {

text::Language machine_language() {
    const char* named = std::getenv("LANG");
    return text::language_of(named == nullptr ? "" : named).value_or(text::Language::en);
}

cli::Exit say(const Error& error) {
    std::fprintf(stderr, "bordereau: %s\n", error.detail.c_str());
    return cli::Exit::failed;
}

Result<text::Type> open_type(const std::filesystem::path& program) {
    auto fonts = text::find_fonts(text::font_places(program));
    if (!fonts) return std::move(fonts).error();
    return text::Type::open(*fonts);
}

// Whoever starts the window asks for it; what it shows is then in their hands.
bool is_narrated() {
    const char* wish = std::getenv("BORDEREAU_NARRATE");
    return wish != nullptr && std::string{wish} == "1";
}

// Whoever listens acts on it at once.
void tell(const std::string& lines) {
    std::fwrite(lines.data(), 1, lines.size(), stdout);
    std::fflush(stdout);
}

cli::Exit open_window(const std::filesystem::path& program, const cli::Shared& shared) {
    auto type = open_type(program);
    if (!type) return say(type.error());
    auto window = shell::Window::open({}, *std::move(type));
    if (!window) return say(window.error());
    StageOptions options;
    options.folder = shared.notebook;
    options.person = shared.person;
    options.services = system_services();
    options.wake = window->waker();
    options.language = machine_language();
    Stage stage{std::move(options)};
    Client client{stage, window->type(), window->content_scale(),
                  [&](double seconds) { window->draw_after(seconds); }};
    const shell::ResumeWatch resumed{window->waker()};
    shell::SleepWatch sleep{window->waker()};
    shell::Clipboard clipboard{window->waker(), storage::kMaxAttachmentBytes};
    client.ask_for_pictures_with([&] { clipboard.ask(); });
    client.show_composed(window->composed());
    std::unique_ptr<widgets::Narrator> narrator;
    if (is_narrated()) narrator = std::make_unique<widgets::Narrator>();
    const auto frame = [&] {
        if (narrator) narrator->begin_frame();
        client.drop(window->take_dropped());
        client.draw();
    };
    while (!stage.quit()) {
        client.restyle();
        client.watch();
        if (auto copied = clipboard.take())
            client.paste(std::move(copied->picture), std::move(copied->uris));
        if (sleep.take_alarm()) {
            client.take_alarm();
            sleep.let_sleep();
        }
        const shell::Step step = window->step(frame);
        if (step == shell::Step::closed) {
            client.flush();
            if (!stage.close()) window->stay_open();
            continue;
        }
        if (step != shell::Step::idle) continue;
        if (narrator) tell(narrator->tell(window->measures().frames));
        window->wait();
    }
    client.flush();
    return cli::Exit::ok;
}

int run(int argc, const char* const* argv) {
    const std::filesystem::path program = std::filesystem::absolute(argv[0]);
    return cli::run(argc, argv,
                    {[&](const cli::Shared& shared) { return open_window(program, shared); },
                     [&](const cli::Console&, const std::filesystem::path& folder) {
                         auto type = open_type(program);
                         if (!type) return say(type.error());
                         Status toured = take_tour(*std::move(type), program, folder);
                         return toured ? cli::Exit::ok : say(toured.error());
                     }});
}

}  // namespace
}  // namespace bordereau::app

int main(int argc, char** argv) {
    return bordereau::app::run(argc, argv);
}
