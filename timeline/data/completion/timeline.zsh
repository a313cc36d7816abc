#compdef timeline
# Completion of timeline in zsh: put this file into a folder of $fpath, under the name _timeline.
_timeline() {
    setopt local_options extended_glob
    local -a found
    found=("${(@f)$(_TIMELINE_COMPLETE=complete_fish _TYPER_COMPLETE_FISH_ACTION=get-args _TYPER_COMPLETE_ARGS="${words[1,CURRENT]}" timeline 2>/dev/null)}")
    found=("${(@)found%%$'\t'*}")
    if [[ -n $found[1] ]]; then
        local option=${(M)words[CURRENT]#--[a-z-]##=}
        compadd -U -P "$option" -a found
    else
        _files
    fi
}
if [[ $funcstack[1] == _timeline ]]; then _timeline "$@"; else compdef _timeline timeline; fi
