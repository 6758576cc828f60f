#include "app/shell/clipboard.h"

#include <X11/Xatom.h>
#include <X11/Xlib.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <memory>
#include <utility>

namespace bordereau::shell {
namespace {

// An owner that has not gone on for so long is taken for dead.
constexpr int kPatience = 5'000;  // milliseconds

struct CloseDisplay {
    void operator()(Display* display) const { XCloseDisplay(display); }
};
struct FreeX {
    void operator()(unsigned char* memory) const { XFree(memory); }
};

// One conversation with the owner of the clipboard: Inter-Client Communication Conventions,
// "Peer-to-Peer Communication by Means of Selections", with its "INCR Properties" for what is
// large.
class Request {
public:
    Request(Display* display, std::size_t most, int stop)
        : display_(display),
          most_(most),
          stop_(stop),
          window_(XCreateSimpleWindow(display, DefaultRootWindow(display), 0, 0, 1, 1, 0, 0, 0)) {
        XSelectInput(display_, window_, PropertyChangeMask);
    }
    Request(const Request&) = delete;
    Request& operator=(const Request&) = delete;
    ~Request() { XDestroyWindow(display_, window_); }

    // What the owner can give: the kinds, as atoms.
    bool offers(const char* target) {
        if (!ask("TARGETS")) return false;
        Atom type = None;
        int format = 0;
        unsigned long items = 0, left = 0;
        unsigned char* bytes = nullptr;
        XGetWindowProperty(display_, window_, property_, 0, 1000, True, XA_ATOM, &type, &format,
                           &items, &left, &bytes);
        const std::unique_ptr<unsigned char, FreeX> owned{bytes};
        if (bytes == nullptr || format != 32) return false;
        const Atom* kinds = reinterpret_cast<const Atom*>(bytes);
        return std::find(kinds, kinds + items, atom(target)) != kinds + items;
    }

    // Empty where the owner gave up.
    std::string fetch(const char* target) {
        if (!ask(target)) return {};
        Part part = read();
        const Atom kind = atom(target);
        if (part.type == kind) return std::move(part.bytes);
        if (part.type != atom("INCR")) return {};
        std::string all;
        while (all.size() <= most_) {
            if (!wait_for([this](const XEvent& event) { return is_new_part(event); })) return {};
            const Part next = read();
            if (next.bytes.empty()) return all;
            if (next.type != kind) return {};
            all += next.bytes;
        }
        all.resize(most_ + 1);
        return all;
    }

private:
    struct Part {
        Atom type = None;
        std::string bytes;
    };

    bool ask(const char* target) {
        XConvertSelection(display_, atom("CLIPBOARD"), atom(target), property_, window_,
                          CurrentTime);
        return wait_for([](const XEvent& event) { return event.type == SelectionNotify; }) &&
               event_.xselection.property != None;
    }

    Atom atom(const char* name) const { return XInternAtom(display_, name, False); }

    bool is_new_part(const XEvent& event) const {
        return event.type == PropertyNotify && event.xproperty.atom == property_ &&
               event.xproperty.state == PropertyNewValue;
    }

    // Reading deletes the property, which asks the owner for the next part.
    Part read() {
        Part part;
        int format = 0;
        unsigned long items = 0, left = 0;
        unsigned char* bytes = nullptr;
        const auto longs =
            static_cast<long>(most_ / 4 + 1);  // at least one byte more than asked for
        XGetWindowProperty(display_, window_, property_, 0, longs, True, AnyPropertyType,
                           &part.type, &format, &items, &left, &bytes);
        const std::unique_ptr<unsigned char, FreeX> owned{bytes};
        if (bytes != nullptr && format == 8)
            part.bytes.assign(reinterpret_cast<const char*>(bytes), items);
        // What is longer than asked for stays where it is: the window goes, and the property with
        // it.
        if (part.bytes.size() > most_) part.bytes.resize(most_ + 1);
        return part;
    }

    template <class Wanted>
    bool wait_for(Wanted wanted) {
        while (true) {
            while (XPending(display_) > 0) {
                XNextEvent(display_, &event_);
                if (wanted(event_)) return true;
            }
            std::array<pollfd, 2> both{
                {{ConnectionNumber(display_), POLLIN, 0}, {stop_, POLLIN, 0}}};
            const int ready = ::poll(both.data(), both.size(), kPatience);
            if (ready <= 0 || (both[1].revents & POLLIN) != 0) return false;
        }
    }

    Display* display_;
    std::size_t most_;
    int stop_;
    Window window_;
    Atom property_ = XInternAtom(display_, "BORDEREAU_COPIED", False);
    XEvent event_{};
};

Copied fetch(std::size_t most, int stop) {
    const std::unique_ptr<Display, CloseDisplay> display{XOpenDisplay(nullptr)};
    if (!display) return {};
    Request request{display.get(), most, stop};
    for (const char* kind : {"image/png", "image/jpeg"})
        if (request.offers(kind)) return {request.fetch(kind), {}};
    if (request.offers("text/uri-list")) return {{}, request.fetch("text/uri-list")};
    return {};
}

}  // namespace

Clipboard::Clipboard(std::function<void()> wake, std::size_t most)
    : wake_(std::move(wake)), most_(most), stop_(::eventfd(0, EFD_CLOEXEC)) {}

Clipboard::~Clipboard() {
    const std::uint64_t one = 1;
    if (stop_ >= 0) (void)!::write(stop_, &one, sizeof one);
    if (fetching_.valid()) fetching_.wait();
    if (stop_ >= 0) ::close(stop_);
}

void Clipboard::ask() {
    if (fetching_.valid()) return;
    fetching_ = std::async(std::launch::async, [most = most_, stop = stop_, wake = wake_] {
        Copied copied = fetch(most, stop);
        wake();
        return copied;
    });
}

std::optional<Copied> Clipboard::take() {
    if (!fetching_.valid() ||
        fetching_.wait_for(std::chrono::seconds{0}) != std::future_status::ready)
        return std::nullopt;
    return fetching_.get();
}

}  // namespace bordereau::shell
