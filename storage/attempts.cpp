#include "storage/attempts.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "storage/disk.h"
#include "storage/files.h"

namespace bordereau::storage {
namespace {

using Json = nlohmann::json;

std::string place_of(std::string_view name) {
    return std::string{name.substr(0, 2)};
}

std::int64_t number_at(const Json& object, const char* name) {
    const auto found = object.find(name);
    return found != object.end() && found->is_number_integer() ? found->get<std::int64_t>() : 0;
}

Millis wait_after(std::int64_t wrong) {
    if (wrong < Attempts::kFree) return 0;
    const std::int64_t doublings = std::min<std::int64_t>(wrong - Attempts::kFree, 10);
    return std::min(Attempts::kLongestWait, Attempts::kFirstWait << doublings);
}

}  // namespace

Attempts Attempts::read(const std::filesystem::path& file) {
    Attempts attempts;
    attempts.file_ = file;
    const auto bytes = read_file(file);
    const Json json = bytes ? Json::parse(*bytes, nullptr, false) : Json{};
    if (!json.is_object()) return attempts;
    for (const auto& [place, count] : json.items())
        if (place.size() == 2 && count.is_object())
            attempts.counts_[place] = {std::max<std::int64_t>(0, number_at(count, "wrong")),
                                       number_at(count, "last")};
    return attempts;
}

void Attempts::write() const {
    if (counts_.empty()) {
        (void)disk::remove(file_);
        return;
    }
    Json json = Json::object();
    for (const auto& [place, count] : counts_)
        json[place] = {{"wrong", count.wrong}, {"last", count.last}};
    (void)replace_file(file_, json.dump() + "\n").ok();
}

Millis Attempts::wait(std::string_view name, Millis now) {
    const auto found = counts_.find(place_of(name));
    if (found == counts_.end()) return 0;
    Count& count = found->second;
    if (now < count.last) count.last = now;
    return std::max<Millis>(0, wait_after(count.wrong) - (now - count.last));
}

void Attempts::begin(std::string_view name, Millis now) {
    Count& count = counts_[place_of(name)];
    ++count.wrong;
    count.last = now;
}

void Attempts::succeeded(std::string_view name) {
    counts_.erase(place_of(name));
}

}  // namespace bordereau::storage
