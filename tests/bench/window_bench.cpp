// What a window costs, beside a bare program of Dear ImGui and GLFW in the same run:
// time to the first frame, memory, and processor time while nothing happens.
//   bordereau_window_bench [SECONDS OF IDLENESS, default 20]
#include <GLFW/glfw3.h>
#include <imgui.h>
#include <imgui_impl_glfw.h>
#include <imgui_impl_opengl3.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "app/shell/window.h"
#include "app/text/fonts.h"
#include "app/text/words.h"
#include "app/widgets/layout.h"
#include "app/widgets/look.h"
#include "assets/assets.h"
#include "tests/app/widgets/gallery.h"

namespace bordereau::bench {
namespace {

constexpr int kRuns = 7;

double now_ms() {
    const auto since = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration<double, std::milli>(since).count();
}

double cpu_seconds() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double resident_mb() {
    std::ifstream status{"/proc/self/status"};
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("VmRSS:")) return std::atof(line.c_str() + 6) / 1024;
    return 0;
}

// The measured programs: each prints its numbers on one line.

int bare() {
    if (glfwInit() != GLFW_TRUE) return 1;
    glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
    glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 0);
    GLFWwindow* window = glfwCreateWindow(1280, 800, "bare", nullptr, nullptr);
    if (!window) return 1;
    glfwMakeContextCurrent(window);
    glfwSwapInterval(1);
    ImGui::CreateContext();
    ImGui::GetIO().IniFilename = nullptr;
    ImGui_ImplGlfw_InitForOpenGL(window, true);
    ImGui_ImplOpenGL3_Init("#version 130");
    glfwPollEvents();
    ImGui_ImplOpenGL3_NewFrame();
    ImGui_ImplGlfw_NewFrame();
    ImGui::NewFrame();
    ImGui::Begin("Hello");
    ImGui::TextUnformatted("This is some useful text.");
    ImGui::Button("Button");
    ImGui::End();
    ImGui::Render();
    glClear(GL_COLOR_BUFFER_BIT);
    ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
    glfwSwapBuffers(window);
    std::printf("%.3f %.1f 0 0\n", now_ms(), resident_mb());
    return 0;
}

int ours(text::Language language, int idle_seconds) {
    const auto files = text::find_fonts(text::font_places("/"));
    if (!files) return 1;
    auto type = text::Type::open(*files);
    auto words = text::Words::read(
        language,
        assets::find("i18n/" + std::string{text::tag_of(language)} + ".json").value_or("{}"),
        assets::find("i18n/en.json").value_or("{}"));
    if (!type || !words) return 1;
    auto window = shell::Window::open({"bench", 1280, 800}, std::move(*type));
    if (!window) return 1;
    widgets::Look look{&window->type(), &*words};
    widgets::use(look);
    test::GalleryUi ui;
    const test::GalleryTexts texts = test::gallery_texts(language);
    const shell::Draw draw = [&] {
        widgets::begin_root();
        test::draw_gallery(texts, ui);
        widgets::end_root();
    };
    window->step(draw);
    const double first_frame = now_ms();
    for (int settled = 0; settled < 10; ++settled) {
        std::this_thread::sleep_for(std::chrono::milliseconds(20));  // the server's first events
        while (window->step(draw) == shell::Step::drew) {
        }
    }

    const auto frames = window->measures().frames;
    const double cpu = cpu_seconds();
    std::thread alarm{[wake = window->waker(), idle_seconds] {
        std::this_thread::sleep_for(std::chrono::seconds(idle_seconds));
        wake();
    }};
    const double end = now_ms() + idle_seconds * 1000.0;
    while (now_ms() < end - 1) {
        window->wait();
        if (now_ms() < end - 1) window->step(draw);
    }
    alarm.join();
    const double share = idle_seconds > 0 ? (cpu_seconds() - cpu) / idle_seconds * 100 : 0;
    std::printf("%.3f %.1f %lld %.3f\n", first_frame, resident_mb(),
                static_cast<long long>(window->measures().frames - frames), share);
    return 0;
}

// Runs this program once more as one of the measured ones.

struct Measured {
    double first_frame_ms = 0, resident = 0, cpu_percent = 0;
    int frames = 0;
};

Measured run(const std::string& program, const std::string& arguments) {
    const double start = now_ms();
    Measured measured;
    FILE* output = popen(("exec " + program + " " + arguments).c_str(), "r");
    if (!output) return measured;
    double end = start;
    if (std::fscanf(output, "%lf %lf %d %lf", &end, &measured.resident, &measured.frames,
                    &measured.cpu_percent) != 4)
        std::fprintf(stderr, "no measurement from: %s\n", arguments.c_str());
    pclose(output);
    measured.first_frame_ms = end - start;
    return measured;
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

int compare(const std::string& program, int idle_seconds) {
    std::vector<double> first, floor;
    for (int round = 0; round < kRuns; ++round) {  // in turn, so that both meet the same machine
        floor.push_back(run(program, "bare").first_frame_ms);
        first.push_back(run(program, "ours en 0").first_frame_ms);
    }
    const Measured idle = run(program, "ours en " + std::to_string(idle_seconds));
    const Measured least = run(program, "bare");
    const Measured chinese = run(program, "ours zh 0"), arabic = run(program, "ours ar 0");
    std::printf("%-44s %12s %12s %8s\n", "", "measured", "bare", "ratio");
    std::printf("%-44s %9.1f ms %9.1f ms %8.2f\n", "first frame (median)", median(first),
                median(floor), median(first) / median(floor));
    std::printf("%-44s %9.1f MB %9.1f MB %8.2f\n", "resident, Latin text", idle.resident,
                least.resident, idle.resident / least.resident);
    std::printf("%-44s %9.1f MB\n", "resident, Arabic text", arabic.resident);
    std::printf("%-44s %9.1f MB\n", "resident, Chinese text", chinese.resident);
    const std::string seconds = "idle for " + std::to_string(idle_seconds) + " s: ";
    std::printf("%-44s %12d\n", (seconds + "frames drawn").c_str(), idle.frames);
    std::printf("%-44s %10.3f %%\n", (seconds + "of one core").c_str(), idle.cpu_percent);
    return 0;
}

}  // namespace
}  // namespace bordereau::bench

int main(int count, char** arguments) {
    using namespace bordereau;
    const std::string first = count > 1 ? arguments[1] : "20";
    if (first == "bare") return bench::bare();
    if (first == "ours" && count == 4)
        return bench::ours(text::language_of(arguments[2]).value_or(text::Language::en),
                           std::atoi(arguments[3]));
    return bench::compare(arguments[0], std::max(std::atoi(first.c_str()), 1));
}
