#include "app/present/bundles.h"

#include <algorithm>

namespace bordereau::app {
namespace {

using text::Words;

std::string_view key_of(sync::BundleRefusal refusal) {
    switch (refusal) {
        case sync::BundleRefusal::other_team: return "bundle.refused.other_team";
        case sync::BundleRefusal::stranger: return "bundle.refused.stranger";
        case sync::BundleRefusal::not_for_us: break;
    }
    return "bundle.refused.not_for_us";
}

std::string_view key_of(ErrorCode code) {
    switch (code) {
        case ErrorCode::refused: return "bundle.unread.refused";
        case ErrorCode::not_found: return "bundle.unread.not_found";
        case ErrorCode::corrupt: return "bundle.unread.corrupt";
        default: return "bundle.unread.io";
    }
}

std::string numbers_of(const Words& words, const std::vector<std::uint32_t>& parts) {
    std::vector<std::string> numbers;
    for (const std::uint32_t part : parts) numbers.push_back(std::to_string(part));
    return words.list(numbers);
}

std::string number(const Words& words, std::string_view key, std::int64_t n) {
    return words(key, {{"n", std::to_string(n)}});
}

std::string name_of(const sync::BundleImported& one) {
    return one.files.front().filename().string();
}

// What of it is not here, and why.
void tell_faults(const Words& words, const sync::BundleImported& one, std::vector<Told>& told) {
    const sync::BundleTaken& taken = one.taken;
    const std::string file = name_of(one);
    if (taken.quarantined > 0)
        told.push_back(
            {Tone::warning, number(words, "bundle.taken.quarantined", taken.quarantined)});
    if (taken.turned_away > 0)
        told.push_back({Tone::warning, number(words, "sync.turned_away", taken.turned_away)});
    if (!taken.missing_parts.empty())
        told.push_back({Tone::warning, words("bundle.taken.missing_parts",
                                             {{"file", file},
                                              {"parts", numbers_of(words, taken.missing_parts)}})});
    else if (taken.damaged > 0 || taken.incomplete > 0)
        told.push_back({Tone::warning, words("bundle.taken.damaged", {{"file", file}})});
    else if (!taken.whole)
        told.push_back({Tone::warning, words("bundle.taken.cut", {{"file", file}})});
    else if (taken.waiting > 0)
        told.push_back({Tone::warning, words("bundle.taken.waiting", {{"file", file}})});
}

void tell(const Words& words, const sync::BundleImported& one, std::vector<Told>& told) {
    const sync::BundleTaken& taken = one.taken;
    const std::string file = name_of(one);
    if (taken.refusal) {
        told.push_back({Tone::error, words(key_of(*taken.refusal), {{"file", file}})});
        return;
    }
    const bool nothing = taken.applied == 0 && taken.attachments == 0;
    if (taken.applied > 0)
        told.push_back({Tone::good, words("bundle.taken",
                                          {{"file", file}, {"n", std::to_string(taken.applied)}})});
    else if (nothing && taken.complete())
        told.push_back({Tone::good, words("bundle.taken.nothing", {{"file", file}})});
    if (taken.attachments > 0)
        told.push_back({Tone::good, number(words, "bundle.taken.files", taken.attachments)});
    tell_faults(words, one, told);
    if (!one.receipt.empty()) told.push_back({Tone::good, std::string{words("bundle.receipt")}});
}

}  // namespace

std::vector<Told> told_of(const Words& words, const sync::BundleMade& made) {
    std::vector<Told> told{
        {Tone::good, words("bundle.made", {{"path", made.files.front().string()}})}};
    if (made.files.size() > 1)
        told.push_back({Tone::good, number(words, "bundle.made.parts",
                                           static_cast<std::int64_t>(made.files.size()))});
    if (made.without > 0)
        told.push_back({Tone::warning, number(words, "bundle.made.without", made.without)});
    return told;
}

std::vector<Told> told_of(const Words& words, const sync::Imported& imported) {
    std::vector<Told> told;
    for (const sync::BundleImported& one : imported.bundles) tell(words, one, told);
    for (const sync::UnreadFile& unread : imported.unread)
        told.push_back({Tone::error, words(key_of(unread.error.code),
                                           {{"file", unread.file.filename().string()}})});
    if (told.empty()) told.push_back({Tone::warning, std::string{words("bundle.none")}});
    return told;
}

MessageView message_of(const std::vector<Told>& told) {
    MessageView message{Tone::good, {}};
    for (const Told& one : told) {
        message.text += (message.text.empty() ? "" : " ") + one.text;
        const bool louder =
            one.tone == Tone::error || (one.tone == Tone::warning && message.tone != Tone::error);
        if (louder) message.tone = one.tone;
    }
    return message;
}

}  // namespace bordereau::app
