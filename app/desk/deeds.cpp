#include "app/desk/deeds.h"
#include "storage/base/typed.h"

#include <algorithm>
#include <set>
#include <utility>

namespace bordereau::app {
namespace {

bool is_next_answer(const Deed& earlier, const Deed& later) {
    return earlier.kind == Deed::Kind::answer && later.kind == Deed::Kind::answer &&
           earlier.path == later.path && earlier.after == later.before;
}

// A field is recorded at the end of each word, and when it is left.
bool types_on(const Deed& earlier, const Deed& later) {
    return is_next_answer(earlier, later) && earlier.typed && later.typed &&
           ends_word(earlier.after) && later.after.starts_with(earlier.after);
}

// Letters taken back from the end.
bool takes_back(const Deed& earlier, const Deed& later) {
    return is_next_answer(earlier, later) && earlier.after.starts_with(later.after);
}

void rename_in(std::string& path, std::string_view from, std::string_view to) {
    const bool inside =
        path.starts_with(from) && (path.size() == from.size() || path[from.size()] == '/');
    if (inside) path.replace(0, from.size(), to);
}

}  // namespace

Deed Deed::reversed() const {
    Deed other = *this;
    std::swap(other.before, other.after);
    std::swap(other.copied_before, other.copied_after);
    std::ranges::reverse(other.steps);
    for (Deed& step : other.steps) step = step.reversed();
    if (kind == Kind::came) other.kind = Kind::went;
    if (kind == Kind::went) other.kind = Kind::came;
    return other;
}

void Deed::rename(std::string_view from, std::string_view to) {
    rename_in(path, from, to);
    for (form::Entry& entry : entries) rename_in(entry.path, from, to);
    for (Deed& step : steps) step.rename(from, to);
}

void Deeds::add(Deed deed) {
    const bool follows = undone_.empty() && !done_.empty();
    const bool goes_on = follows && types_on(done_.back(), deed);
    // What was taken back can be had again, and is not what is typed next.
    if (follows && takes_back(done_.back(), deed)) deed.typed = false;
    undone_.clear();
    if (goes_on)
        done_.back().after = std::move(deed.after);
    else
        put_done(std::move(deed));
}

void Deeds::put_done(Deed deed) {
    done_.push_back(std::move(deed));
    if (done_.size() > kDepth) done_.pop_front();
}

std::optional<Deed> Deeds::take_done() {
    if (done_.empty()) return std::nullopt;
    Deed deed = std::move(done_.back());
    done_.pop_back();
    return deed;
}

std::optional<Deed> Deeds::take_undone() {
    if (undone_.empty()) return std::nullopt;
    Deed deed = std::move(undone_.back());
    undone_.pop_back();
    return deed;
}

namespace {

// The latest first.
class Standing {
public:
    explicit Standing(const std::function<bool(const Deed&)>& stands) : stands_(stands) {}

    bool look(const Deed& deed) {
        if (deed.kind == Deed::Kind::several)
            return std::ranges::all_of(deed.steps.rbegin(), deed.steps.rend(),
                                       [this](const Deed& step) { return look(step); });
        const bool note = deed.kind == Deed::Kind::note;
        const bool seen = !seen_.insert((note ? "note " : "") + deed.path).second;
        if (seen || is_gone(deed.path)) return true;
        if (deed.kind == Deed::Kind::went) gone_.push_back(deed.path + "/");
        return stands_(deed);
    }

private:
    bool is_gone(std::string_view path) const {
        return std::ranges::any_of(
            gone_, [path](const std::string& below) { return path.starts_with(below); });
    }

    const std::function<bool(const Deed&)>& stands_;
    std::set<std::string> seen_;
    std::vector<std::string> gone_;
};

}  // namespace

bool Deeds::stand(const std::function<bool(const Deed&)>& stands) const {
    Standing standing{stands};
    const auto undone = [&](const Deed& deed) { return standing.look(deed.reversed()); };
    const auto did = [&](const Deed& deed) { return standing.look(deed); };
    return std::all_of(undone_.rbegin(), undone_.rend(), undone) &&
           std::all_of(done_.rbegin(), done_.rend(), did);
}

void Deeds::rename(std::string_view from, std::string_view to) {
    for (Deed& deed : done_) deed.rename(from, to);
    for (Deed& deed : undone_) deed.rename(from, to);
}

void Deeds::clear() {
    done_.clear();
    undone_.clear();
}

}  // namespace bordereau::app
