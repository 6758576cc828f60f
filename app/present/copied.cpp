#include "app/present/copied.h"

#include <algorithm>
#include <map>

#include "storage/teams.h"

namespace bordereau::app {

Result<std::vector<std::string>> sentences_of_copies(const text::Words& words,
                                                     storage::Notebook& notebook) {
    const auto quarantined = notebook.journal().quarantine();
    if (!quarantined) return quarantined.error();
    std::map<DeviceId, std::int64_t> parted;
    for (const auto& one : *quarantined)
        if (one.fault == storage::Fault::fork) ++parted[one.chain.device];
    std::vector<std::string> sentences;
    if (parted.empty()) return sentences;
    const auto devices = storage::Teams{notebook}.devices();
    if (!devices) return devices.error();
    for (const auto& [device, count] : parted) {
        const std::string n = std::to_string(count);
        if (device == notebook.device()) {
            sentences.insert(sentences.begin(), words("copied.own", {{"n", n}}));
            continue;
        }
        const auto named = std::ranges::find(*devices, device, &storage::Device::id);
        const std::string name = named != devices->end() && !named->name.empty()
                                     ? named->name
                                     : device.text.substr(0, 8);
        sentences.push_back(words("copied.other", {{"device", name}, {"n", n}}));
    }
    return sentences;
}

}  // namespace bordereau::app
