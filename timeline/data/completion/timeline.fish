# Completion of timeline in fish: put this file into ~/.config/fish/completions/.
function __timeline_found
    set -l found (env _TIMELINE_COMPLETE=complete_fish _TYPER_COMPLETE_FISH_ACTION=get-args _TYPER_COMPLETE_ARGS=(commandline -cp | string collect) timeline 2>/dev/null)
    if test -n "$found[1]"
        set -l option (string match --regex -- '^--[a-z-]+=' (commandline -ct))
        printf '%s\n' "$option"$found
    else
        __fish_complete_path (commandline -ct)
    end
end
complete --command timeline --no-files --arguments '(__timeline_found)'
